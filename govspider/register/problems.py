"""What is wrong with a register: every row's problem at once, in words that an office can act on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from govspider.register.cells import show

T = TypeVar("T")


class RegisterError(Exception):
    """Nothing may be inspected with this register. Each problem names file, line, value and remedy."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(slots=True)
class Problems:
    """Collects the problems of one file, in whatever order its rows are looked at."""

    file: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        self.found.append((line, f"{self.file} 第 {line} 行：{text}"))

    def texts(self) -> tuple[str, ...]:
        """By line."""
        return tuple(text for _, text in sorted(self.found, key=lambda problem: problem[0]))

    def value(self, line: int, label: str, text: str, parse: Callable[[str], T], default: T) -> T:
        """What ``parse`` makes of the text; its ValueError holds the remedy and becomes a problem."""
        try:
            return parse(text)
        except ValueError as error:
            self.add(line, f"{label}{show(text)}{error}" if text else f"{label}{error}")
            return default
