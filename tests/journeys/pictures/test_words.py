"""Are the words of pictures there in both languages, and numbers written as each writes them?"""

from __future__ import annotations

import re
from importlib import resources
from string import Formatter

import pytest

from journeys.pictures.words import Words, _catalogue
from touchpoints.records.base import GRADES

SOURCE = resources.files("journeys") / "pictures"
CODE = "".join(file.read_text(encoding="utf-8") for file in SOURCE.iterdir() if file.name.endswith(".py"))


@pytest.mark.parametrize("key", list(_catalogue()))
def test_both_languages_say_the_same(key: str) -> None:
    texts = _catalogue()[key]
    assert set(texts) == {"nl", "en"}
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
    assert names[0] == names[1]


def test_no_word_is_idle_and_none_is_lacking() -> None:
    used = set(re.findall(r"""\btext\(\s*f?["'](\w+)""", CODE)) | set(re.findall(r'"(\w+)"', CODE))
    made = ("grade_", "change_", "kind_", "hours_", "column_", "legend_")
    idle = [key for key in _catalogue() if key not in used and not key.startswith(made)]
    assert idle == []
    assert all(f"grade_{grade}" in _catalogue() for grade in (*GRADES, "none"))
    assert set(re.findall(r"""\.text\(\s*["'](\w+)""", CODE)) <= set(_catalogue())


def test_numbers() -> None:
    dutch, english = Words("nl"), Words("en")
    assert (dutch.count(1234.5, 1), english.count(1234.5, 1)) == ("1.234,5", "1,234.5")
    assert (dutch.time(588), english.time(588)) == ("9,8\u00a0min", "9.8\u00a0min")
    assert dutch.time(7_170) == "2\u00a0u"
    assert dutch.time(7_140) == "119\u00a0min"
    assert dutch.time(597) == "10\u00a0min"
    assert english.time(35_100) == "9\u00a0h\u00a045\u00a0min"
    assert dutch.count(-0.25, 1) == "−0,2"
    assert [dutch.share(share) for share in (0, 0.004, 0.005, 0.62, 0.996, 1)] == [
        "0%",
        "<1%",
        "<1%",
        "62%",
        ">99%",
        "100%",
    ]


def test_other_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="language must be one of nl, en, got 'fr'"):
        Words("fr")
