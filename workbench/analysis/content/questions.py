"""Which logged questions have no good answer in the content inventory, and what are they about?"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workbench.analysis.content.redaction import LONGEST, redacted
from workbench.analysis.content.search import ContentIndex, Found
from workbench.analysis.content.shelf_life import is_valid
from workbench.analysis.content.stemming import stems, telling_words

_HEADINGS = ("question", "vraag", "text", "tekst")
_SHARED = 3


@dataclass(frozen=True)
class Judged:
    """A question, redacted, with what an agent would find.

    Attributes:
        question: without what could name a person.
        found: what stands first.
        verdict: question_answered, question_outdated (the good answers have expired or were never reviewed) or
            question_unanswered.
    """

    question: str
    found: tuple[Found, ...]
    verdict: str


@dataclass(frozen=True)
class Group:
    """Questions without a valid answer that share a word.

    Attributes:
        words: those that enough of the questions share, the most frequent first; none for the rest.
        count: how many questions.
        outdated: how many of them find an answer that no longer holds.
    """

    words: tuple[str, ...]
    count: int
    outdated: int


@dataclass(frozen=True)
class Logged:
    """What became of a file of questions; the questions themselves are not kept.

    Attributes:
        count: questions read.
        answered, outdated, unanswered: how many found a valid answer, one that no longer holds, none.
        groups: those without a valid answer by a word they share, the largest first.
        rest: those whose groups are too small to show.
        least: questions a group needs to be shown.
    """

    count: int
    answered: int
    outdated: int
    unanswered: int
    groups: tuple[Group, ...]
    rest: int
    least: int


def judge(index: ContentIndex, question: str, today: date) -> Judged:
    """What an agent would find for a question, and whether it is a good answer that still holds."""
    asked = redacted(question)
    found = index.search(asked)
    good = [one for one in found if one.is_good]
    verdict = "question_outdated" if good else "question_unanswered"
    if any(is_valid(one.content, today) for one in good):
        verdict = "question_answered"
    return Judged(asked, found, verdict)


def logged(index: ContentIndex, questions: Iterable[str], today: date, least: int) -> Logged:
    """How logged questions fare; only counts, and words that at least `least` questions share, are kept.

    Args:
        index: of the content.
        questions: as they were asked; they are redacted before anything else and not kept.
        today: the day on which answers must still hold.
        least: words of fewer questions are not shown.
    """
    counts = Counter(redacted(question) for question in questions)
    verdicts = {question: judge(index, question, today).verdict for question in counts}
    totals: Counter[str] = Counter()
    for question, count in counts.items():
        totals[verdicts[question]] += count
    open_ = [
        (Counter({word: 1 for word in telling_words(question) if not word.isdigit()}), count,
         verdicts[question] == "question_outdated")
        for question, count in counts.items() if verdicts[question] != "question_answered"
    ]  # fmt: skip
    groups = tuple(_grouped(open_, least))
    return Logged(
        count=sum(counts.values()),
        answered=totals["question_answered"],
        outdated=totals["question_outdated"],
        unanswered=totals["question_unanswered"],
        groups=groups,
        rest=totals["question_outdated"] + totals["question_unanswered"] - sum(one.count for one in groups),
        least=least,
    )


_Open = tuple[Counter[str], int, bool]


def _grouped(questions: list[_Open], least: int) -> Iterator[Group]:
    """Again and again the questions that share the most frequent word, as long as there are enough of them."""
    while questions:
        common, _ = _frequent(questions)
        if not common or common[0][1] < least:
            return
        stem = common[0][0]
        mine = [one for one in questions if any(stems(word)[0] == stem for word in one[0])]
        questions = [one for one in questions if not any(stems(word)[0] == stem for word in one[0])]
        inside, forms = _frequent(mine)
        shared = [forms[stem] for stem, count in inside if count >= least][:_SHARED]
        count = sum(number for _, number, _ in mine)
        yield Group(tuple(shared), count, sum(number for _, number, outdated in mine if outdated))


def _frequent(questions: Iterable[_Open]) -> tuple[list[tuple[str, int]], dict[str, str]]:
    """In how many questions each stem stands, most first, and the word that stands for it most often."""
    found: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for words, count, _ in questions:
        for stem in {stems(word)[0] for word in words}:
            found[stem] += count
        for word in words:
            forms.setdefault(stems(word)[0], Counter())[word] += count
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return ordered, {stem: min(mine, key=lambda word: (-mine[word], word)) for stem, mine in forms.items()}


def read_questions(path: Path) -> Iterator[str]:
    """The questions in a file: a text, one per line, or CSV with the questions in a column `question` or the first.

    Raises:
        OSError: the file cannot be read.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    lines = [line.replace("\0", " ")[: 4 * LONGEST] for line in text.splitlines()]
    if path.suffix.lower() != ".csv":
        yield from (line.strip() for line in lines if line.strip())
        return
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = next((at for at, cell in enumerate(heading) if cell in _HEADINGS), None)
    at = named or 0
    for row in rows[0 if named is None else 1 :]:
        if at < len(row) and row[at].strip():
            yield row[at].strip()
