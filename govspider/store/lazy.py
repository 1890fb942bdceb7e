"""The sites of a round's results, one in memory at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from govspider.facts import Site, SiteResult


class LazySites(Sequence[SiteResult]):
    """Loads a site's result when it is come to, and again the next time; ``load`` must give the same each time."""

    def __init__(self, sites: Sequence[Site], load: Callable[[Site], SiteResult]) -> None:
        self._sites = sites
        self._load = load

    def __len__(self) -> int:
        return len(self._sites)

    def __iter__(self) -> Iterator[SiteResult]:
        return map(self._load, self._sites)

    @overload
    def __getitem__(self, index: int) -> SiteResult: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SiteResult]: ...
    def __getitem__(self, index: int | slice) -> SiteResult | Sequence[SiteResult]:
        if isinstance(index, slice):
            return LazySites(self._sites[index], self._load)
        return self._load(self._sites[index])
