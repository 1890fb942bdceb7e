"""The subjects of a round's results, one in memory at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

S = TypeVar("S")
R = TypeVar("R")


class Lazy(Sequence[R], Generic[S, R]):
    """Loads a subject's result when it is come to, and again the next time; ``load`` must give the same each time."""

    def __init__(self, subjects: Sequence[S], load: Callable[[S], R]) -> None:
        self._subjects = subjects
        self._load = load

    def __len__(self) -> int:
        return len(self._subjects)

    def __iter__(self) -> Iterator[R]:
        return map(self._load, self._subjects)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        if isinstance(index, slice):
            return Lazy(self._subjects[index], self._load)
        return self._load(self._subjects[index])
