"""Which lines differ between two texts, and how does such a difference carry over to a third?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]


def unified_diff(before: Mapping[str, str], after: Mapping[str, str], context: int = 3) -> str:
    r"""The change of files as a unified diff, by name; a file that is only in one of the two is new or gone.

    Example:
        >>> print(unified_diff({"a.yaml": "x: 1\n"}, {"a.yaml": "x: 2\n"}), end="")
        --- a/a.yaml
        +++ b/a.yaml
        @@ -1,1 +1,1 @@
        -x: 1
        +x: 2
    """
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    return "".join(_file_diff(name, before.get(name), after.get(name), context) for name in names)


def _file_diff(name: str, before: str | None, after: str | None, context: int) -> str:
    """The unified diff of a file; `difflib.unified_diff` takes lines that occur often for noise, and shows too much."""
    old, new = (before or "").splitlines(keepends=True), (after or "").splitlines(keepends=True)
    lines = [f"--- {'/dev/null' if before is None else f'a/{name}'}\n"]
    lines += [f"+++ {'/dev/null' if after is None else f'b/{name}'}\n"]
    for group in _grouped(old, new, context):
        spans = ((group[0][1], group[-1][2]), (group[0][3], group[-1][4]))
        lines.append("@@ -{} +{} @@\n".format(*(f"{start + (end > start)},{end - start}" for start, end in spans)))
        for tag, i, j, k, m in group:
            lines += [f" {line}" for line in old[i:j]] if tag == "equal" else [f"-{line}" for line in old[i:j]]
            lines += [] if tag == "equal" else [f"+{line}" for line in new[k:m]]
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def merged(current: str, before: str, after: str) -> str | None:
    r"""A text with the lines changed that differ between two others; None where it differs from both at such a place.

    Example:
        >>> merged("a\nb\nC\n", "a\nb\nc\n", "A\nb\nc\n")
        'A\nb\nC\n'
        >>> merged("x\nb\n", "a\nb\n", "A\nb\n") is None
        True
    """
    here, old, new = (text.splitlines(keepends=True) for text in (current, before, after))
    equal = [(i, j, k) for tag, i, j, k, _ in _opcodes(old, here) if tag == "equal"]
    parts: list[str] = []
    at = 0
    for tag, i, j, k, m in _opcodes(old, new):
        if tag == "equal":
            continue
        start = _carried(equal, i, j)
        if start is None or start < at:
            return None
        parts += [*here[at:start], *new[k:m]]
        at = start + j - i
    return "".join([*parts, *here[at:]])


def _carried(equal: Sequence[tuple[int, int, int]], i: int, j: int) -> int | None:
    """Where lines i to j of a text stand in another; an empty stretch stands behind the line before it."""
    for first, last, place in equal:
        if first <= i and j <= last and (i < j or first < i or i == 0):
            return place + i - first
    if i == j:
        return next((place for first, _, place in equal if first == i), None)
    return None


def _grouped(old: Sequence[str], new: Sequence[str], context: int) -> Iterator[list[Opcode]]:
    """Differences with the lines around them, those near one another together."""
    start, end = _ends(old, new, context)
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end], autojunk=False)
    for group in matcher.get_grouped_opcodes(context):
        yield [(tag, i + start, j + start, k + start, m + start) for tag, i, j, k, m in group]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    start, end = _ends(old, new, 0)
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end], autojunk=False)
    head: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
    tail: list[Opcode] = [("equal", len(old) - end, len(old), len(new) - end, len(new))] if end else []
    inner: list[Opcode] = [
        (tag, i + start, j + start, k + start, m + start) for tag, i, j, k, m in matcher.get_opcodes()
    ]
    return [*head, *inner, *tail]


def _ends(old: Sequence[str], new: Sequence[str], context: int) -> tuple[int, int]:
    """How many lines at the start and at the end are equal, less some to show; matching takes long on long texts."""
    shortest = min(len(old), len(new))
    start = next((index for index in range(shortest) if old[index] != new[index]), shortest)
    rest = shortest - start
    end = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    return max(0, start - context), max(0, end - context)
