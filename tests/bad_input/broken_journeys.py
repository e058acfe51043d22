"""Which models are broken in their journeys: shares, loops, ends, phases, personas, flows?"""

from __future__ import annotations

from broken_case import Case


def steps(text: str, head: str = "") -> str:
    """A journey of some steps."""
    return f"journeys:\n  j:\n{head}    steps:\n" + "".join(f"      {line}\n" for line in text.strip().splitlines())


PERSONAS = "    personas: {young: 50%, old: 50%}\n"
PEOPLE = "personas: {young: {}, old: {}}\n"

CASES = (
    Case(
        "shares of 1.1",
        "shares-sum",
        steps("a: {next: {a: 60%, resolved: 50%}} # <--"),
        says="lower one of them by 0.1",
    ),
    Case("shares of 0.98", "shares-sum", steps("a: {next: {a: 48%, resolved: 50%}} # <--"), says="raise one by 0.02"),
    Case(
        "three times 33%", "shares-sum", steps("a: {next: {a: 33%, gave_up: 33%, resolved: 33%}} # <--"), says="`rest`"
    ),
    Case(
        "a rest of less than nothing",
        "shares-sum",
        steps("a: {next: {a: 70%, gave_up: 40%, resolved: rest}} # <--"),
        says="more than 1",
    ),
    Case("rest twice", "quantity", steps("a: {next: {gave_up: rest, resolved: rest}} # <--"), says="only one"),
    Case(
        "starts that sum to 0.9",
        "shares-sum",
        steps("a: {next: resolved}", "    start: {a: 90%} # <--\n"),
        says="`rest`",
    ),
    Case(
        "shares of a persona",
        "shares-sum",
        PEOPLE + steps("a: {next: resolved, by_persona: {old: {next: {resolved: 90%}}}} # <--", PERSONAS),
        says="'old'",
    ),
    Case("no shares at all", "shares-sum", steps("a: {next: {}} # <--"), says="not 1", also=("no-end",)),
    Case(
        "a step that nobody reaches",
        "unreachable-step",
        steps("a: {next: resolved}\nb: {next: resolved} # <--"),
        says="'b'",
    ),
    Case("a loop that never ends", "no-end", steps("a: {next: b} # <--\nb: {next: a}"), says="'a', 'b'"),
    Case("a step that leads to itself only", "no-end", steps("a: {next: a} # <--"), says="`resolved` or `gave_up`"),
    Case("a loop left by nobody", "no-end", steps("a: {next: {a: 100%, resolved: 0%}} # <--"), says="`resolved`"),
    Case(
        "a loop left by next to nobody",
        "no-end",
        steps("a: {next: {a: rest, resolved: 1e-20}} # <--"),
        says="`resolved`",
    ),
    Case(
        "a trap beside the way",
        "no-end",
        steps("a: {next: {resolved: 50%, b: 50%}}\nb: {next: c} # <--\nc: {next: b}"),
        says="'b', 'c'",
    ),
    Case(
        "a loop of one persona",
        "no-end",
        PEOPLE + steps("a:\n  next: resolved\n  by_persona: {old: {next: a}}", PERSONAS),
        line=6,
        says="'old'",
    ),
    Case(
        "an unknown phase",
        "phase-unknown",
        steps("a: {phase: orientate, next: resolved} # <--", "    phases: [orient, act]\n"),
        says="did you mean 'orient'?",
    ),
    Case(
        "a phase without phases",
        "phase-unknown",
        steps("a: {phase: orient, next: resolved} # <--"),
        says="none is defined yet",
    ),
    Case(
        "personas of 0.9",
        "persona-mix",
        PEOPLE + steps("a: {next: resolved}", "    personas: {young: 50%, old: 40%} # <--\n"),
        says="`rest`",
    ),
    Case(
        "personas of 1.2",
        "persona-mix",
        PEOPLE + steps("a: {next: resolved}", "    personas: {young: 80%, old: 40%} # <--\n"),
        says="lower",
    ),
    Case(
        "more flow than volume",
        "flow-exceeds-volume",
        "touchpoints: {t: {}}\nreasons: {r: {}}\nvolumes:\n  - {touchpoint: t, reason: r, contacts: 100/month} # <--\n"
        + steps("a: {touchpoint: t, reason: r, next: resolved}", "    starts: 300/month\n"),
        says="300 contacts a month",
    ),
    Case(
        "a nine for hygiene",
        "hygiene-nine",
        steps("a: {next: resolved}")
        + "moments_of_truth:\n  - {at: j/a, ambition: special, now: special, hygiene: reply_fast} # <--\n",
        says="lower the ambition",
    ),
    Case(
        "an ambition with nothing behind it",
        "ambition-without-means",
        steps("a: {next: resolved}") + "moments_of_truth:\n  - {at: j/a, now: need_met, ambition: special} # <--\n",
        says="`behaviours` and `may_spend`",
    ),
    Case(
        "a moment of truth where no person can be reached",
        "moment-without-human",
        "channels: {web: {self_service: yes}}\ntouchpoints: {site: {channel: web}}\n"
        + steps("a: {touchpoint: site, next: resolved}")
        + "moments_of_truth:\n  - {at: j/a} # <--\n",
        says="human_fallback",
    ),
    Case(
        "a measure about contacts that nobody counted",
        "measure-hits-nothing",
        "touchpoints: {line: {}, site: {}}\nreasons: {r: {}, q: {}}\n"
        "volumes: [{touchpoint: line, reason: q, contacts: 1/month}]\n"
        "scenarios: {s: {measures: [{kind: shift, from: line, to: site, eligible: 1, adoption: 1, resolved: 1,\n"
        "  reasons: [r]}]}} # <--\n",
        says="add the volume",
    ),
    Case(
        "an investment after the horizon",
        "outside-scenario",
        "scenarios:\n  s:\n    start: 2027-01\n    horizon: 12 months\n    investments:\n"
        "      - {what: tool, once: EUR 10, start: 2028-01} # <--\n",
        says="after its 12 months are over",
    ),
    Case(
        "a measure before its scenario",
        "outside-scenario",
        "touchpoints: {line: {}}\nreasons: {r: {}}\nvolumes: [{touchpoint: line, reason: r, contacts: 1/month}]\n"
        "scenarios:\n  s:\n    start: 2027-06\n    measures:\n"
        "      - {kind: eliminate, reasons: [r], share: 10%, start: 2027-01} # <--\n",
        says="before it starts",
    ),
    Case(
        "a horizon of no month",
        "out-of-range",
        "scenarios: {s: {horizon: 1 week}} # <--\n",
        says="36 months",
    ),
    Case(
        "a negative discount rate",
        "rate-implausible",
        "scenarios:\n  s:\n    discount_rate: -5% # <--\n",
        says="2.25%",
    ),
    Case(
        "adoption above all",
        "out-of-range",
        "touchpoints: {line: {}, site: {}}\nreasons: {r: {}}\n"
        "volumes: [{touchpoint: line, reason: r, contacts: 1/month}]\n"
        "scenarios: {s: {measures: [{kind: shift, reasons: [r], from: line, to: site, eligible: 1, resolved: 1,\n"
        "  adoption: 140%}]}} # <--\n",
        says="140%",
    ),
    Case(
        "a shift to a channel that cannot carry the reason",
        "channel-cannot-carry",
        "channels: {phone: {}, bot: {max_emotion: 2/5}}\ntouchpoints: {line: {channel: phone}, robot: {channel: bot}}\n"
        "reasons: {grief: {emotion: 5/5}}\nvolumes: [{touchpoint: line, reason: grief, contacts: 1/month}]\n"
        "scenarios: {s: {measures: [{kind: shift, reasons: [grief], from: line, eligible: 1, adoption: 1,\n"
        "  resolved: 1, to: robot}]}} # <--\n",
        says="emotion 5/5",
    ),
    Case(
        "room at a touchpoint that is not there",
        "unknown-reference",
        "touchpoints: {site: {}}\nsteering: {capacity: {sight: 100/month}} # <--\n",
        says="did you mean 'site'",
    ),
    Case(
        "a steering budget in another currency",
        "currency",
        "steering: {budget: USD 1000/year} # <--\n",
        says="EUR",
    ),
    Case(
        "an hour that costs a year",
        "volume-implausible",
        "teams: {kcc: {cost_per_hour: EUR 45000/hour}} # <--\n",
        says="check whether",
    ),
    Case(
        "evidence from the future",
        "volume-implausible",
        "drivers: {d: {amount: 1/month, evidence: {date: 2926-01-01}}} # <--\n",
        says="check the year",
    ),
    Case(
        "an end that nobody reaches",
        "never-resolved",
        "journeys:\n  j: # <--\n    steps: {a: {next: {b: rest}}, b: {next: {gave_up: rest}}}\n",
        says="next: resolved",
    ),
    Case("a share that is a text", "quantity", steps("a: {next: {resolved: most}} # <--"), says="62%"),
    Case("a share above one in a row", "out-of-range", steps("a: {next: {resolved: 140%}} # <--"), says="140%"),
)
