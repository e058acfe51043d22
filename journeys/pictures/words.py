"""Which words and numbers stand in a picture, in Dutch or English?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from touchpoints.yaml_tree import read_yaml

LANGUAGES = ("nl", "en")
MINUTE_S = 60.0


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    file = resources.files("journeys") / "pictures" / "words.yaml"
    tree, faults = read_yaml(file.read_bytes(), "words.yaml")
    if tree is None or faults:
        raise ValueError(f"the catalogue of words in pictures is broken: {faults}")
    plain: dict[str, dict[str, str]] = tree.plain()
    return plain


@dataclass(frozen=True)
class Words:
    """The words of a language, and how it writes numbers.

    Raises:
        ValueError: the language is neither nl nor en.

    Example:
        >>> Words("nl").share(0.128), Words("nl").count(9.84, 1), Words("en").count(12345.6)
        ('13%', '9,8', '12,346')
    """

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {self.language!r}")

    def text(self, key: str, **values: object) -> str:
        """A word or sentence of the catalogue."""
        return _catalogue()[key][self.language].format(**values)

    def count(self, value: float, decimals: int = 0) -> str:
        """A number with signs for thousands and decimals as the language has them."""
        shown = f"{round(value, 9):,.{decimals}f}".replace("-", "−")
        return shown.translate(str.maketrans(",.", ".,")) if self.language == "nl" else shown

    def share(self, value: float) -> str:
        """A share in percent; a small one is not shown as none, a large one not as all.

        Example:
            >>> Words("en").share(0.001), Words("en").share(0.999), Words("en").share(0)
            ('<1%', '>99%', '0%')
        """
        value = round(value, 9)
        if 0 < value <= 0.005:
            return f"<{self.text('percent', number=1)}"
        if 0.995 <= value < 1:
            return f">{self.text('percent', number=99)}"
        return self.text("percent", number=f"{value * 100:.0f}")

    def time(self, seconds: float) -> str:
        r"""A time in minutes with a decimal below ten, in hours and minutes from two hours on.

        Example:
            >>> [Words("nl").time(s).replace("\u00a0", " ") for s in (12, 3, 0, 35_100)]
            ['0,2 min', '<0,1 min', '0 min', '9 u 45 min']
        """
        minutes = round(seconds / MINUTE_S, 9)
        if 0 < minutes < 0.05 + 1e-9:
            return "<" + self.text("minutes", number=self.count(0.1, 1))
        if minutes >= 119.5:
            hours, rest = divmod(round(minutes), 60)
            shown = self.text("hours", number=self.count(hours))
            return f"{shown}\u00a0{self.text('minutes', number=rest)}" if rest else shown
        decimals = 1 if 0 < minutes < 9.95 else 0
        return self.text("minutes", number=self.count(minutes, decimals))
