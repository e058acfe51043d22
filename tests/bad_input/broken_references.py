"""Which models are broken in their names: ids, references, extends, what is given twice?"""

from __future__ import annotations

from broken_case import Case

LONG = "x" * 5_000
A_REASON = "reasons: {a: {}, b: {}}\ntouchpoints: {line: {}, desk: {}}\n"


def chain(length: int) -> str:
    """Records that each extend the next one; the last extends nothing."""
    links = "".join(f"  t{i}: {{extends: t{i + 1}}}\n" for i in range(length))
    return f"touchpoints:\n{links}  t{length}: {{tone: friendly}}\n"


CASES = (
    Case("capitals in an id", "bad-id", "reasons:\n  MoveHouse: {} # <--\n", says="'movehouse'"),
    Case("a space in an id", "bad-id", "reasons:\n  move house: {} # <--\n", says="'move_house'"),
    Case("a hyphen in an id", "bad-id", "touchpoints:\n  front-desk: {} # <--\n", says="'front_desk'"),
    Case("a number as id", "bad-id", "teams:\n  14: {} # <--\n", says="'x_14'"),
    Case("an emoji as id", "bad-id", "teams:\n  📞: {} # <--\n", says="snake_case"),
    Case("a right-to-left mark in an id", "bad-id", "teams:\n  kcc\u200f\u202e: {} # <--\n", says="'kcc'"),
    Case(
        "escapes and line breaks in an id", "bad-id", 'teams:\n  "kcc\\e[31m\\nred": {} # <--\n', says="'kcc_31m_red'"
    ),
    Case("an id of 5,000 letters", "bad-id", f"teams:\n  ? {LONG} # <--\n  : {{}}\n", says="snake_case"),
    Case(
        "capitals in the id of a step",
        "bad-id",
        "journeys:\n  j:\n    steps:\n      Call: {next: resolved} # <--\n",
        says="'call'",
    ),
    Case(
        "a step with the name of an end",
        "bad-id",
        "journeys:\n  j:\n    steps:\n      a: {next: resolved}\n      resolved: {next: gave_up} # <--\n",
        says="rename",
    ),
    Case(
        "a step called unknown",
        "bad-id",
        "journeys:\n"
        "  j:\n"
        "    steps:\n"
        "      a: {next: {unknown: 10%, resolved: rest}}\n"
        "      unknown: {next: resolved} # <--\n",
        says="rename",
    ),
    Case(
        "an id in two files",
        "duplicate-id",
        "channels:\n  phone: {live: yes} # <--\n",
        files={"model/a.yaml": "channels:\n  phone: {live: no}\n"},
        says="model/a.yaml:2",
    ),
    Case(
        "a driver in settings and model",
        "duplicate-id",
        "drivers:\n  bills: {amount: 2/month} # <--\n",
        settings="name: x\ndrivers: {bills: {amount: 1/month}}\n",
        says="workbench.yaml:2",
    ),
    Case(
        "a friction in two files",
        "duplicate-id",
        "friction:\n  hand_off: 2m # <--\n",
        files={"model/a.yaml": "friction: {hand_off: 3m}\n"},
        says="model/a.yaml:1",
    ),
    Case(
        "a volume given twice",
        "duplicate-volume",
        A_REASON + "volumes:\n"
        "  - {touchpoint: line, reason: a, contacts: 1/month}\n"
        "  - {touchpoint: line, reason: a, wait: 1s} # <--\n",
        says="merge the two",
    ),
    Case(
        "a total beside its parts",
        "duplicate-volume",
        A_REASON + "volumes:\n"
        "  - {touchpoint: line, reason: a, contacts: 9/month}\n"
        "  - {touchpoint: line, reason: a, persona: senior, contacts: 4/month} # <--\n",
        says="delete the total or the parts",
    ),
    Case(
        "a moment of truth given twice",
        "duplicate-moment",
        "journeys: {j: {steps: {a: {next: resolved}}}}\n"
        "moments_of_truth:\n"
        "  - {at: j/a, now: easy}\n"
        "  - {at: j/a, now: special} # <--\n",
        says="merge the two",
    ),
    Case(
        "an unknown channel",
        "unknown-reference",
        "channels: {phone: {}, web: {}, chat: {}}\ntouchpoints:\n  line: {channel: fone} # <--\n",
        says="did you mean 'phone'? (known: chat, phone, web)",
    ),
    Case(
        "an unknown touchpoint",
        "unknown-reference",
        A_REASON + "volumes:\n  - {touchpoint: lime, reason: a} # <--\n",
        says="did you mean 'line'?",
    ),
    Case(
        "an unknown reason of content",
        "unknown-reference",
        A_REASON + "content:\n  faq:\n    answers:\n      - a\n      - moving # <--\n",
        says="'moving'",
    ),
    Case(
        "an unknown owner",
        "unknown-reference",
        "teams: {kcc: {}}\ntouchpoints:\n  line: {owner: kc} # <--\n",
        says="did you mean 'kcc'?",
    ),
    Case(
        "an unknown persona of a step",
        "unknown-reference",
        "personas: {senior: {}}\n"
        "journeys:\n"
        "  j:\n"
        "    steps:\n"
        "      a:\n"
        "        next: resolved\n"
        "        by_persona: {seniors: {wait: 1m}} # <--\n",
        says="did you mean 'senior'?",
    ),
    Case(
        "a persona who does not make the journey",
        "unknown-reference",
        "personas: {young: {}, old: {}}\n"
        "journeys:\n"
        "  j:\n"
        "    personas: {young: 100%}\n"
        "    steps:\n"
        "      a:\n"
        "        next: resolved\n"
        "        by_persona: {old: {wait: 1m}} # <--\n",
        says="does not make this journey",
    ),
    Case(
        "a reference of 5,000 letters",
        "unknown-reference",
        f"touchpoints:\n  line: {{channel: {LONG}}} # <--\n",
        says="(known:",
    ),
    Case(
        "a reference with a line break",
        "unknown-reference",
        'teams: {kcc: {}}\ntouchpoints:\n  line: {owner: "kcc\\nkcc"} # <--\n',
        says="did you mean 'kcc'?",
    ),
    Case(
        "a reference with the library's prefix",
        "unknown-reference",
        "touchpoints:\n  line: {channel: library.phone} # <--\n",
        says="did you mean 'phone'?",
    ),
    Case(
        "a moment at an unknown journey",
        "unknown-reference",
        "journeys: {move: {steps: {a: {next: resolved}}}}\nmoments_of_truth:\n  - {at: moves/a} # <--\n",
        says="did you mean 'move'?",
    ),
    Case(
        "a moment at an unknown step",
        "unknown-reference",
        "journeys: {move: {steps: {call: {next: resolved}}}}\nmoments_of_truth:\n  - {at: move/cal} # <--\n",
        says="did you mean 'call'?",
    ),
    Case(
        "a moment without step",
        "unknown-reference",
        "journeys: {move: {steps: {call: {next: resolved}}}}\nmoments_of_truth:\n  - {at: move} # <--\n",
        says="call",
    ),
    Case(
        "a step that leads nowhere known",
        "unknown-reference",
        "journeys:\n  j:\n    steps:\n      call: {next: {resolve: 100%}} # <--\n",
        says="did you mean 'resolved'?",
    ),
    Case(
        "a start at an unknown step",
        "unknown-reference",
        "journeys:\n  j:\n    start: {cal: 100%} # <--\n    steps: {call: {next: resolved}}\n",
        says="did you mean 'call'?",
    ),
    Case(
        "a system that is not connected to anything known",
        "unknown-reference",
        "systems:\n  crm: {kind: case_system, connected_to: [cmr]} # <--\n",
        says="did you mean 'crm'?",
    ),
    Case(
        "extends something unknown",
        "extends",
        "touchpoints:\n  line: {}\n  desk: {extends: lime} # <--\n",
        says="did you mean 'line'?",
    ),
    Case(
        "extends an unknown record of the library",
        "extends",
        "channels:\n  phone: {extends: library.fone} # <--\n",
        says="did you mean 'library.phone'?",
    ),
    Case(
        "extends the library without saying so",
        "extends",
        "channels:\n  line: {extends: phone} # <--\n",
        says="did you mean 'library.phone'?",
    ),
    Case(
        "extends a record of another kind",
        "extends",
        "touchpoints:\n  line: {extends: library.phone} # <--\n",
        says="the library has no 'phone' to extend (known: library.app,",
    ),
    Case("extends a list", "extends", "touchpoints:\n  line: {extends: [a, b]} # <--\n", says="one id"),
    Case("extends nothing", "extends", "touchpoints:\n  line: {extends: } # <--\n", says="one id"),
    Case("extends itself", "extends", "touchpoints:\n  line: {extends: line} # <--\n", says="line → line"),
    Case("extends in a circle", "extends", "touchpoints:\n  a: {extends: b}\n  b: {extends: a}\n", line=2, says="→"),
    Case("a chain of 3,000 parents", "extends", chain(3_000), line=52, says="50"),
    Case(
        "a shift to itself",
        "out-of-range",
        A_REASON + "scenarios:\n"
        "  s:\n"
        "    measures:\n"
        "      - {kind: shift, reasons: [a], from: line, to: line, eligible: 50%, adoption: 20%, "
        "resolved: 70%} # <--\n",
        says="name another touchpoint",
    ),
    Case(
        "a measure at an unknown touchpoint",
        "unknown-reference",
        A_REASON + "scenarios:\n"
        "  s:\n"
        "    measures:\n"
        "      - {kind: shift, reasons: [a], from: lin, to: desk, eligible: 50%, adoption: 20%, "
        "resolved: 70%} # <--\n",
        says="did you mean 'line'?",
    ),
)
