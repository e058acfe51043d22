"""Does any text at all, random or nearly right, give faults and never an exception?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from touchpoints.faults import Fault
from workbench.project import open_project

VALID = """\
channels:
  phone: {extends: library.phone, cost_per_hour: EUR 48/hour}
  own: {live: yes, concurrency: 2..3, max_emotion: 3/5, identification: partial}
touchpoints:
  base: {channel: phone, owner: kcc, layers: [kcc, back_office], systems: [crm], asks_for: {bsn: used}}
  line:
    extends: base
    name: {nl: Contactcentrum, en: Contact centre}
    hours: [mon-fri 08:30-17:00, "sat 10:00-12:00"]
    obstacles: [{kind: authorisation, what: may not change an address}]
  site: {channel: web, direction: publication, human_fallback: yes, public: no}
reasons:
  move: {category: request, complexity: 2/5, value: {customer: value, organisation: irritant}, driver: moves}
  status: {status_question: yes, failure_demand: yes, driver: moves}
drivers: {moves: {amount: 14000/year, growth: -2%..3%}}
teams:
  kcc: {people: 8, fte: 6.4, cost_per_hour: EUR 45/hour, shrinkage: 30%, hours: mon-fri 08:30-17:00}
  back_office: {kind: partner}
systems: {crm: {kind: contact_register, connected_to: [crm]}}
personas: {young: {share: 60%}, old: {digital_readiness: 2/5, vulnerable: yes}}
volumes:
  - touchpoint: line
    reason: move
    contacts: 1200..1500/month
    handling_time: {low: 3m, likely: 4m10s, high: 6m}
    wait: 40s
    answer_time: 24 working hours
    resolved_first_time: 70%..80%
    effort_score: {scale: ces2, mean: 4.8, n: 212, reasons: {had_to_call_again: 41%}}
    evidence: {grade: workshop, date: 2026-10-02, fields: {handling_time: {grade: measured}}}
  - {touchpoint: line, reason: status, persona: old, contacts: 100/month, abandoned: 5%, reaction_after: {negative: 3%}}
content:
  faq: {title: Verhuizen, answers: [move], kind: web_page, fit_for: [web], reviewed: 2026-03-01, review_every: 6 months}
journeys:
  moving:
    starts: 900/month
    start: {search: 80%, call: 20%}
    phases: [orient, act]
    personas: {young: 60%, old: rest}
    gave_up: {penalty: 45m, returns: 30%}
    steps:
      search:
        phase: orient
        touchpoint: site
        reason: move
        own_time: 5m
        emotion: -1
        next: {call: 30%, resolved: rest}
        by_persona: {old: {next: {call: 60%, gave_up: 40%}}}
        backstage: [{what: check the register, owner: back_office, system: crm, time: 3m}]
      call: {phase: act, touchpoint: line, reason: move, next: {call: 10%, resolved: 85%, gave_up: 5%}}
moments_of_truth:
  - {at: moving/call, importance: {customer: 5/5}, now: need_met, ambition: easy, behaviours: [calls],
     may_spend: EUR 25}
targets:
  - {touchpoint: line, measure: service_level, limit: 30s, at_least: 80%, due: 2027-06-30}
friction: {channel_switch: 2m}
vision: {why: helpful, staff_belief: 3/5}
maturity: {management_understands: {answer: 3/5}}
scenarios:
  less:
    measures:
      - {kind: eliminate, reasons: [status], share: 10%..25%, cost_each: EUR 0.08}
      - {kind: shift, reasons: [move], from: line, to: site, eligible: 60%, adoption: 20%, resolved: 70%}
      - {kind: handling_time, touchpoints: [line], reduction: 10%..25%}
    soft: [{what: loyalty, direction: up}]
    investments: [{what: knowledge base, once: EUR 60000, running: EUR 800/month, start: 2027-01}]
    ramp: 6 months
    discount_rate: 2.25%
"""

NASTY = (
    "", "~", "null", "[]", "{}", "yes", "on", "-1", "0", "1e400", "1e-20", ".5", "012", "1_200", "1.200",
    "1:30", "140%", "62", "rest", "resolved", "gave_up", "unknown", "library.phone", "line", "a..b", "..",
    "5..1", "1..2/month", ">5", "|", "[[a]]", "[{a: b}]", "{a: [1]}", "{kind: [x]}",
    "{low: {}, likely: [], high: ~}", "!!python/none x", "&a [*a]", "*a", "'", '"', "📞", "\u202e", "\u2028",
    '"\\e\\n\\0"', "x" * 300, "2026-02-30", "EUR", "EUR 1/", "/5", "1/5/5", "mon", "/", "%", "{extends: line}",
    "library.", "{steps: {}}", "{next: {}}", "- ", ": ", "? ", "#", "\t", "\r", "<<", "---", "...", "%YAML",
)  # fmt: skip
"""What stands where something else should: words, numbers, forms and signs that have gone wrong before."""

LINES = VALID.splitlines(keepends=True)
KEYS = sorted({word for line in LINES for word in line.replace("{", " ").replace(",", " ").split() if word[-1:] == ":"})
FUZZ = settings(max_examples=120, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)


def faults_of(model: bytes, own_settings: bytes = b"name: Fuzz\n") -> tuple[Fault, ...]:
    """The faults of a project, each of them readable and at a place that there is."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "model").mkdir()
        (root / "workbench.yaml").write_bytes(own_settings)
        (root / "model" / "model.yaml").write_bytes(model)
        faults = open_project(root).faults
    for fault in faults:
        assert fault.message.isprintable()
        assert len(fault.message) <= 600
        assert "object at 0x" not in fault.message
        assert fault.place.line >= 1
    return faults


def test_the_valid_model_is_valid() -> None:
    assert faults_of(VALID.encode()) == ()


@FUZZ
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00\x00")
@example(b"\x00" * 50)
def test_random_bytes(data: bytes) -> None:
    faults_of(data)
    faults_of(VALID.encode(), data)


@FUZZ
@given(st.text(alphabet="abr:-?{}[],&*!|>'\"%@`#~ \n\t\\0159./=<", max_size=200))
def test_random_signs_of_yaml(text: str) -> None:
    faults_of(text.encode())
    faults_of(f"journeys: {{{text}}}\n".encode())
    faults_of(f"volumes:\n  - {text}\n".encode())


@FUZZ
@given(st.data())
def test_a_valid_model_with_changed_values(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        head, colon, _ = lines[at].partition(": ") if data.draw(st.booleans()) else lines[at].rpartition(": ")
        lines[at] = f"{head}{colon}{data.draw(st.sampled_from(NASTY))}\n"
    faults_of("".join(lines).encode())


@FUZZ
@given(st.data())
def test_a_valid_model_with_changed_words(data: st.DataObject) -> None:
    words = VALID.split(" ")
    others = st.sampled_from([*NASTY, *KEYS, *words])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words) - 1))
        end = words[at][-1:] if words[at][-1:] in ",}]:\n" else ""
        words[at] = data.draw(others).strip(" \n,") + end
    faults_of(" ".join(words).encode())


@FUZZ
@given(st.data())
def test_a_valid_model_with_moved_lines(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(lines) - 1))
        taken = lines[start : start + data.draw(st.integers(1, 6))]
        if data.draw(st.booleans()):
            del lines[start : start + len(taken)]
        at = data.draw(st.integers(0, len(lines)))
        indent = " " * data.draw(st.integers(0, 4))
        lines[at:at] = [indent + line for line in taken]
    faults_of("".join(lines).encode())


@FUZZ
@given(st.integers(0, len(VALID)), st.integers(0, 60), st.binary(max_size=8))
def test_a_valid_model_with_a_hole(at: int, length: int, filling: bytes) -> None:
    data = VALID.encode()
    faults_of(data[:at] + filling + data[at + length :])
