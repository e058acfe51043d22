"""Which models are broken as YAML: syntax, keys, tags, aliases, nesting, commas?"""

from __future__ import annotations

from broken_case import Case

LAUGHS = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)

CASES = (
    Case(
        "unclosed bracket",
        "yaml-syntax",
        "touchpoints:\n  desk: {channel: phone\nreasons: {}\n",
        line=2,
        says="bracket that opens here",
    ),
    Case("unclosed quote", "yaml-syntax", 'reasons:\n  move: {name: "Move}\n', line=2, says="quote that opens here"),
    Case(
        "a colon inside a text", "yaml-syntax", "reasons:\n  move:\n    note: mind: this\n", line=3, says="needs quotes"
    ),
    Case("indents that do not agree", "yaml-syntax", "reasons:\n   move: {}\n  stay: {}\n", line=3, says="indents"),
    Case("a line without colon", "yaml-syntax", "reasons:\n  move: {}\n  stay\n", line=4, says="indents"),
    Case("an at sign", "yaml-syntax", "reasons:\n  move: {note: @home}\n", line=2, says="quotes"),
    Case("a percent sign first", "yaml-syntax", "volumes:\n  - {abandoned: %5}\n", line=2, says="quotes"),
    Case("two documents", "yaml-syntax", "reasons: {}\n---\nreasons: {}\n", line=2, says="delete the line"),
    Case("a control character", "yaml-syntax", "reasons:\n  move: {note: a\x07b}\n", line=2, says="U+0007"),
    Case("a zero byte", "yaml-syntax", "reasons:\n  move: {note: a\x00b}\n", line=2, says="U+0000"),
    Case("block header with a unit", "yaml-syntax", "targets:\n  - at_least: >95%\n", line=2, says="quotes"),
    Case("a tab as indent", "yaml-tab", "reasons:\n\tmove: {}\n", line=2, says="spaces"),
    Case("a tab after spaces", "yaml-tab", "reasons:\n  move:\n  \tnote: x\n", line=3, says="spaces"),
    Case(
        "an unsafe tag",
        "yaml-tag",
        "reasons:\n  move: !!python/object/apply:os.system [ls] # <--\n",
        also=("wrong-type",),
    ),
    Case(
        "a tag of one's own",
        "yaml-tag",
        "reasons:\n  move: {note: !secret x} # <--\n",
        says="'!secret'",
        also=("null-value",),
    ),
    Case(
        "a tag on a number",
        "yaml-tag",
        "drivers:\n  bills: {amount: !!int 12} # <--\n",
        also=("null-value", "missing-key"),
    ),
    Case("a key given twice", "yaml-duplicate-key", "reasons:\n  move: {}\n  move: {note: x} # <--\n", says="line 2"),
    Case(
        "a field given twice",
        "yaml-duplicate-key",
        "volumes:\n  - touchpoint: website\n    reason: move_how\n    wait: 10s\n    wait: 20s # <--\n",
        says="delete or rename one",
    ),
    Case("a list as key", "yaml-key", "reasons:\n  [a, b]: {} # <--\n", says="plain word"),
    Case("a mapping as key", "yaml-key", "reasons:\n  ? {a: b} # <--\n  : {}\n"),
    Case("no key at all", "yaml-key", "reasons:\n  ? # <--\n  : {}\n", says="missing before the colon"),
    Case("null as key", "yaml-key", "reasons:\n  null: {} # <--\n"),
    Case("a merge key", "yaml-merge-key", "reasons:\n  a: &a {note: x}\n  b: {<<: *a} # <--\n", says="extends: ID"),
    Case("exploding aliases", "yaml-alias", LAUGHS, line=6, says="write the values out", also=("unknown-top-level",)),
    Case("an alias to itself", "yaml-alias", "reasons: &a\n  move: *a # <--\n", also=("wrong-type",)),
    Case("an alias to nothing", "yaml-alias", "reasons:\n  move: *gone\n", line=2, says="undefined alias"),
    Case("100,000 brackets", "yaml-nesting", "a: " + "[" * 100_000, line=1, says="close"),
    Case("100,000 brackets that close", "yaml-nesting", "a: " + "[" * 100_000 + "]" * 100_000, line=1),
    Case("50,000 dashes", "yaml-nesting", "- " * 50_000, line=1),
    Case(
        "3,000 indents",
        "yaml-nesting",
        "".join(f"{' ' * i}reasons:\n" for i in range(3_000)),
        line=61,
        says="close the brackets",
        also=("null-value", "unknown-key"),
    ),
    Case("a key of 5,000 letters", "yaml-syntax", f"teams:\n  {'x' * 5_000}: {{}}\n", line=2, says="shorten it"),
    Case(
        "seventy brackets",
        "yaml-nesting",
        "reasons: # <--\n  " + "{a: " * 70 + "{}" + "}" * 70 + "\n",
        line=2,
        also=("null-value", "unknown-key", "wrong-type"),
    ),
    Case(
        "a decimal comma in a flow map",
        "comma-split",
        "channels:\n  chat: {concurrency: 2,5} # <--\n",
        says="write a dot",
    ),
    Case(
        "thousands in a flow map",
        "comma-split",
        "channels:\n  chat:\n    {cost_per_hour: EUR 1,200} # <--\n",
        says="'cost_per_hour: EUR 1,200'",
        also=("quantity",),
    ),
)
