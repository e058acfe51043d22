"""Which models are broken in their values: nulls, types, units, numbers, ranges, dates, hours, money?"""

from __future__ import annotations

from broken_case import Case


def volume(name: str, rule: str, field: str, says: str = "", also: tuple[str, ...] = ()) -> Case:
    """A volume of which one field is broken."""
    text = f"volumes:\n  - touchpoint: website\n    reason: move_how\n    {field}\n"
    return Case(name, rule, text, line=4, says=says, also=also)


LONG = "x" * 5_000

CASES = (
    volume("a key without value", "null-value", "wait:", says="delete the line"),
    volume("null as value", "null-value", "wait: null"),
    volume("a tilde as value", "null-value", "wait: ~"),
    volume("an empty item of a list", "unknown-key", "tags: [a, ]", says="known:"),
    Case(
        "an item that is null",
        "null-value",
        "reasons:\n  a: {}\ncontent:\n  faq:\n    answers: [a, ~] # <--\n",
        says="an item of 'answers'",
    ),
    Case(
        "a target above a bound",
        "null-value",
        "targets:\n  - measure: abandonment\n    at_most: >5\n    due: 2027-01-01\n",
        line=3,
        says="quotes",
        also=("missing-key",),
    ),
    Case("a record without value", "wrong-type", "touchpoints:\n  desk: # <--\n", says="{key: value}"),
    Case("a list of records as mapping", "wrong-type", "volumes: # <--\n  website: {reason: move_how}\n", says="'- '"),
    Case("a mapping of records as list", "wrong-type", "touchpoints: # <--\n  - desk\n", says="an_id"),
    Case("a text as record", "wrong-type", "touchpoints:\n  desk: phone # <--\n"),
    Case("a text as list", "wrong-type", "reasons: {a: {}}\ncontent:\n  faq: {answers: a} # <--\n", says="a list"),
    Case("a list as text", "wrong-type", "reasons:\n  a: {note: [x]} # <--\n", says="a text"),
    Case("a bell in a name", "control-character", 'touchpoints:\n  a: {name: "a\\u0007b"} # <--\n', says="U+0007"),
    Case("an escape in a note", "control-character", 'reasons:\n  a: {note: "\\x1b[31m"} # <--\n', says="U+001B"),
    Case("NUL in an English name", "control-character", 'reasons:\n  a: {name: {en: "x\\0"}} # <--\n', says="U+0000"),
    Case(
        "a form feed in the name of a phase",
        "control-character",
        'journeys:\n  j:\n    phases: [{a: "A\\f"}] # <--\n    steps: {s: {next: resolved}}\n',
        says="U+000C",
    ),
    Case("a text as mapping", "wrong-type", "reasons:\n  a: {value: irritant} # <--\n", says="a mapping"),
    Case(
        "a list as quantity",
        "wrong-type",
        "drivers:\n  bills: {amount: [1, 2]} # <--\n",
        says="1200/month",
        also=("missing-key",),
    ),
    Case(
        "a list as row of shares",
        "wrong-type",
        "journeys:\n  j:\n    steps:\n      a: {next: [resolved]} # <--\n",
        says="{call: 30%",
    ),
    Case(
        "a list of lists as phases",
        "wrong-type",
        "journeys:\n  j:\n    phases: [[a]] # <--\n    steps: {a: {next: resolved}}\n",
        says="phases",
    ),
    Case(
        "an interval without its middle",
        "wrong-type",
        "volumes:\n  - {touchpoint: website, reason: move_how, wait: {low: 1s, high: 2s}} # <--\n",
        says="low, likely and high",
    ),
    Case(
        "a range inside an interval",
        "wrong-type",
        "volumes:\n  - {touchpoint: website, reason: move_how, wait: {low: 1s, likely: 1..2s, high: 2s}} # <--\n",
        says="single values",
    ),
    volume("an unknown key", "unknown-key", "handeling_time: 3m", says="did you mean 'handling_time'?"),
    Case(
        "an unknown key deep inside",
        "unknown-key",
        "journeys:\n"
        "  j:\n"
        "    steps:\n"
        "      a:\n"
        "        by_persona: {senior: {waits: 3m}} # <--\n"
        "        next: resolved\n",
        says="did you mean 'wait'?",
    ),
    Case("an id inside a record", "unknown-key", "reasons:\n  a: {id: b} # <--\n", says="delete it"),
    Case(
        "an id inside a step",
        "unknown-key",
        "journeys:\n  j:\n    steps:\n      a: {id: b, next: resolved} # <--\n",
        says="delete it",
    ),
    Case(
        "evidence for a field that is not there",
        "unknown-key",
        "drivers:\n  bills: {amount: 1/month, evidence: {fields: {ammount: {grade: measured}}}} # <--\n",
        says="did you mean 'amount'?",
    ),
    Case(
        "an unknown setting",
        "unknown-key",
        settings="name: x\nlangauge: nl # <--\n",
        file="workbench.yaml",
        says="did you mean 'language'?",
    ),
    Case(
        "an unknown word",
        "unknown-word",
        "touchpoints:\n  desk: {direction: inbond} # <--\n",
        says="did you mean 'inbound'?",
    ),
    Case(
        "an unknown grade", "unknown-word", "reasons:\n  a: {evidence: {grade: guess}} # <--\n", says="(known: assumed"
    ),
    Case(
        "neither yes nor no",
        "unknown-word",
        "touchpoints:\n  desk: {public: maybe} # <--\n",
        says="write one of the two",
    ),
    Case(
        "on for yes",
        "unknown-word",
        "touchpoints:\n  desk: {customer_view: on} # <--\n",
        says="(known: no, partial, yes)",
    ),
    Case(
        "an unknown language",
        "unknown-word",
        settings="name: x\nlanguage: de # <--\n",
        file="workbench.yaml",
        says="(known: en, nl)",
    ),
    Case(
        "an unknown time zone",
        "unknown-word",
        settings="name: x\ntime_zone: Europe/Leiden # <--\n",
        file="workbench.yaml",
        says="Europe/Amsterdam",
    ),
    Case(
        "an unknown kind of measure",
        "unknown-word",
        "scenarios:\n  s:\n    measures:\n      - {kind: move, share: 10%} # <--\n",
        says="(known: eliminate, handling_time, shift)",
    ),
    Case(
        "a measure without kind",
        "missing-key",
        "scenarios:\n  s:\n    measures:\n      - {share: 10%} # <--\n",
        says="'kind'",
    ),
    Case(
        "a measure with the fields of another kind",
        "unknown-key",
        "reasons: {a: {}}\n"
        "scenarios:\n"
        "  s:\n"
        "    measures:\n"
        "      - {kind: eliminate, reasons: [a], share: 10%, adoption: 20%} # <--\n",
        says="'adoption'",
    ),
    Case(
        "a measure without its share",
        "missing-key",
        "reasons: {a: {}}\nscenarios:\n  s:\n    measures:\n      - {kind: eliminate, reasons: [a]} # <--\n",
        says="'share'",
    ),
    Case("a volume without reason", "missing-key", "volumes:\n  - {touchpoint: website} # <--\n", says="'reason'"),
    Case("a target without limit", "missing-key", "targets:\n  - {measure: answered_within} # <--\n", says="'limit'"),
    Case("a journey without steps", "missing-key", "journeys:\n  j: {starts: 10/month} # <--\n", says="'steps'"),
    Case("a journey with no step", "missing-key", "journeys:\n  j: {steps: {}} # <--\n", says="one step", also=()),
    volume("no unit of time", "unit-missing", "handling_time: 390", says="390s"),
    volume("no unit of rate", "unit-missing", "contacts: 1200", says="1200/month"),
    volume("clock time for a duration", "quantity", "handling_time: 1:30", says="1m30s, or 1h30m"),
    volume("a Dutch unit", "quantity", "handling_time: 4 minuten", says="write 'minutes'"),
    volume("a Dutch month", "quantity", "contacts: 12/maand", says="write 'month'"),
    volume("a leading zero", "quantity", "contacts: 012/month", says="12"),
    volume("an underscore", "quantity", "contacts: 1_200/month", says="1200"),
    volume("an unknown unit", "quantity", "handling_time: 4 apples", says="'apples'"),
    volume("an unknown time of a rate", "quantity", "contacts: 12/fortnight", says="month"),
    volume("half a range", "quantity", "contacts: 12../month", says="a..b"),
    volume("a sentence as quantity", "quantity", "wait: about a minute", says="4m10s"),
    volume("a quantity of 5,000 letters", "quantity", f"wait: {LONG}", says="4m10s"),
    volume("an empty text", "quantity", "wait: ''", says="4m10s"),
    volume("two units in a range", "quantity", "answer_time: 24h..24 working hours", says="mixes units"),
    volume("a dot and three digits", "ambiguous-number", "contacts: 1.200/month", says="1200"),
    volume("a comma and three digits", "ambiguous-number", "handling_time: 1,200s", says="1.2"),
    volume("a share above one hundred", "out-of-range", "abandoned: 140%", says="62%"),
    volume("a share without percent", "out-of-range", "abandoned: 62", says="write 62%"),
    volume("a negative time", "out-of-range", "wait: -5s", says="such as 40s"),
    volume("a time of a century", "out-of-range", "wait: 40000 days"),
    Case("a scale above five", "out-of-range", "reasons:\n  a: {emotion: 6/5} # <--\n", says="2/5"),
    Case("a scale of ten", "quantity", "reasons:\n  a: {emotion: 6/10} # <--\n", says="1/5 to 5/5"),
    Case("a scale without its top", "unit-missing", "reasons:\n  a: {emotion: 3} # <--\n", says="'3/5'"),
    Case(
        "an emotion beyond two",
        "out-of-range",
        "journeys:\n  j:\n    steps:\n      a: {emotion: 3, next: resolved} # <--\n",
        says="2",
    ),
    Case(
        "a whole number with an underscore",
        "wrong-type",
        "volumes:\n  - touchpoint: website\n    reason: move_how\n    effort_score: {mean: 4.8, n: 1_200} # <--\n",
        says="a whole number",
        also=("missing-key",),
    ),
    Case(
        "a whole number with a leading zero",
        "wrong-type",
        "volumes:\n  - touchpoint: website\n    reason: move_how\n    effort_score: {mean: 4.8, n: 012} # <--\n",
        says="a whole number",
        also=("missing-key",),
    ),
    Case(
        "a text where a score is wanted",
        "wrong-type",
        "volumes:\n  - touchpoint: website\n    reason: move_how\n    effort_score: {mean: good, n: 12} # <--\n",
        says="a number",
        also=("missing-key",),
    ),
    Case("a text far too long", "out-of-range", f"reasons:\n  a: {{note: {'x' * 30_000}}}\n", line=2, says="20000"),
    volume("a range that runs backwards", "range-order", "contacts: 1500..1200/month", says="smaller end first"),
    volume("an interval that runs backwards", "range-order", "wait: {low: 3s, likely: 2s, high: 4s}"),
    Case(
        "a period that ends before it starts",
        "range-order",
        settings="name: x\nperiod: {start: 2026-12-31, end: 2026-01-01} # <--\n",
        file="workbench.yaml",
        says="first day",
    ),
    Case("another currency", "currency", "teams:\n  kcc: {cost_per_hour: USD 45/hour} # <--\n", says="EUR"),
    Case(
        "two currencies in a range",
        "quantity",
        "teams:\n  kcc: {cost_per_hour: EUR 45..USD 50/hour} # <--\n",
        says="mixes units",
    ),
    Case("no currency", "unit-missing", "teams:\n  kcc: {cost_per_hour: 45/hour} # <--\n", says="EUR 45/hour"),
    Case(
        "an amount per nothing known", "quantity", "teams:\n  kcc: {cost_per_hour: EUR 45/shift} # <--\n", says="hour"
    ),
    Case(
        "a monthly amount per hour", "quantity", "teams:\n  kcc: {cost_per_hour: EUR 4500/month} # <--\n", says="/hour"
    ),
    Case(
        "a currency that is no code",
        "quantity",
        settings="name: x\ncurrency: euro # <--\n",
        file="workbench.yaml",
        says="EUR",
    ),
    Case("a day that is not", "quantity", "content:\n  faq: {reviewed: 2026-02-30} # <--\n", says="2026-10-02"),
    Case("a Dutch date", "quantity", "content:\n  faq: {reviewed: 1-3-2026} # <--\n", says="year-month-day"),
    Case("a month that is not", "quantity", "scenarios:\n  s: {start: 2027-13} # <--\n", says="2027-01"),
    Case(
        "hours that close before they open",
        "quantity",
        "teams:\n  kcc: {hours: mon-fri 17:00-08:30} # <--\n",
        says="split",
    ),
    Case("hours on an unknown day", "quantity", "teams:\n  kcc: {hours: [lun-ven 08:30-17:00]} # <--\n", says="'lun'"),
    Case("hours in words", "quantity", "teams:\n  kcc: {hours: office hours} # <--\n", says="mon-fri 08:30-17:00"),
    Case(
        "hours that overlap",
        "quantity",
        "teams:\n  kcc: {hours: [mon 08:00-12:00, mon 11:00-13:00]} # <--\n",
        says="merge",
    ),
    Case(
        "a week that starts on Sunday", "quantity", "teams:\n  kcc: {hours: sun-thu 08:00-12:00} # <--\n", says="Monday"
    ),
    Case("no time left for contacts", "out-of-range", "teams:\n  kcc: {shrinkage: 100%} # <--\n", says="below 100%"),
    Case("shrinkage that may be all", "out-of-range", "teams:\n  kcc: {shrinkage: 90%..100%} # <--\n", says="kcc"),
    Case("shrinkage above all", "out-of-range", "teams:\n  kcc: {shrinkage: 120%} # <--\n", says="0% and 100%"),
    Case("people who are never busy", "out-of-range", "teams:\n  kcc: {max_occupancy: 0%} # <--\n", says="85%"),
    Case("a team without patience", "out-of-range", "teams:\n  kcc: {patience: 0s} # <--\n", says="above 0s"),
    Case("a channel without patience", "out-of-range", "channels:\n  phone: {patience: 0} # <--\n", says="phone"),
    Case("a week of two hundred hours", "out-of-range", "teams:\n  kcc: {hours_per_week: 200} # <--\n", says="168"),
    Case("half a chat at once", "out-of-range", "channels:\n  chat: {concurrency: 0.5} # <--\n", says="at least 1"),
    Case("patience of nobody", "out-of-range", "staffing:\n  patience: 0s # <--\n", says="staffing"),
    Case(
        "a handling time of nine hours",
        "volume-implausible",
        "volumes:\n  - {touchpoint: website, reason: move_how, handling_time: 9h} # <--\n",
        says="check the unit",
    ),
    Case(
        "a wait of two days",
        "volume-implausible",
        "volumes:\n  - {touchpoint: website, reason: move_how, wait: 2 days} # <--\n",
        says="`answer_time`",
    ),
)
