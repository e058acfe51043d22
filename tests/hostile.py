"""Which model holds hostile text in every field that takes text?

A small model with a record of every collection is walked by the types of its records: every text and every name that
the model language knows is set, stated or not, so that a field added tomorrow is covered by itself.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import yaml

from touchpoints.collections import BY_ID, LISTS, SINGLES
from touchpoints.records.base import Label, Part, Ref
from touchpoints.records.organisation import LogSettings, Privacy, Settings

HOSTILE = (
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-' `${alert(1)}`",
    '=HYPERLINK("http://x.test","click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202eright to left\u202c and \u2066isolated\u2069",
    "שלום עולם مرحبا",
    "😀👩‍👩‍👧 ﷽ Z͑ͫa̴l͊g̈o",
    "]]></svg><script>alert(2)</script><!--",
    '{{ 7 * 7 }} {% raw %} #{7*7} $x$ #import "x" \\u{41} *_` <label> @ref // /*',
    "</style></title></textarea><base href=//x.test>",
    'https://x.test/a?b=<c>&d="e" model/model.yaml:1',
    "x" * 5000,
    "Onderhoudsovereenkomst " * 220,
)
"""What a text may try: markup, links, formulas, templates, directions, signs of many code points, and great length."""

BASE = """
channels:
  phone: {extends: library.phone, cost_per_hour: EUR 48}
  web: {extends: library.web}
  email: {extends: library.email}
teams:
  kcc: {people: 8, fte: 6.4, cost_per_hour: EUR 45, shrinkage: 30%, hours: [mon-fri 08:30-17:00]}
systems:
  crm: {kind: customer_database}
  cases: {kind: case_system, owner: kcc}
drivers:
  permits: {amount: 14000/year}
personas:
  senior: {digital_readiness: 2/5, vulnerable: yes}
  starter: {digital_readiness: 5/5}
touchpoints:
  line: {channel: phone, owner: kcc, layers: [kcc], systems: [crm], needs_systems: [crm, cases], customer_view: no,
         asks_for: {bsn: used, income: unused}, obstacles: [{kind: system, what: x}], human_fallback: yes}
  site: {channel: web, owner: kcc, human_fallback: yes}
  mailbox: {channel: email, owner: kcc}
reasons:
  status: {category: information, status_question: yes, complexity: 2/5, emotion: 1/5, driver: permits,
           value: {customer: irritant, organisation: irritant}, failure_demand: yes, needs_systems: [cases]}
  how: {category: request, complexity: 1/5, emotion: 1/5, value: {customer: value, organisation: irritant}}
volumes:
  - {touchpoint: line, reason: status, contacts: 1200..1500/month, handling_time: 4m10s, wait: 40s,
     resolved_first_time: 70%..80%, handed_off: 12%,
     effort_score: {scale: ces2, mean: 4.8, n: 212, reasons: {had_to_call_again: 41%}}}
  - {touchpoint: line, reason: how, contacts: 900/month, handling_time: 5m, wait: 40s}
  - {touchpoint: mailbox, reason: how, contacts: 300/month, handling_time: 6m, answer_time: 24 working hours}
content:
  faq: {answers: [status], kind: web_page, fit_for: [phone], owner: kcc, reviewed: 2026-03-01, review_every: 6 months}
  secret: {answers: [how], kind: tacit}
journeys:
  move:
    starts: 900/month
    phases: [orient, act]
    personas: {starter: 60%, senior: 40%}
    gave_up: {penalty: 45m, returns: 30%}
    steps:
      search: {phase: orient, touchpoint: site, reason: how, own_time: 5m, emotion: 0,
               next: {ask: 40%, tell: 52%, gave_up: 8%}, backstage: [{what: x, owner: kcc, system: cases}], shows: [x]}
      ask: {phase: orient, touchpoint: line, reason: how, emotion: -1, next: {tell: 90%, gave_up: 10%}}
      tell: {phase: act, touchpoint: site, reason: how, own_time: 4m, emotion: 1, next: {resolved: 90%, ask: 10%}}
moments_of_truth:
  - {at: move/ask, importance: {customer: 5/5, organisation: 4/5}, now: need_met, ambition: easy}
targets:
  - {touchpoint: mailbox, measure: answered_within, limit: 24 working hours, at_least: 95%}
  - {touchpoint: line, measure: service_level, limit: 30s, at_least: 80%}
scenarios:
  answers_first:
    measures:
      - {kind: eliminate, reasons: [status], share: 10%..25%, cost_each: EUR 0.08}
      - {kind: shift, reasons: [how], from: line, to: site, eligible: 60%, adoption: 15%..30%, resolved: 60%..80%}
      - {kind: handling_time, touchpoints: [line], reduction: 10%..25%}
    soft: [{what: loyalty, direction: up}]
    investments: [{what: x, once: EUR 60000, running: EUR 800/month, start: 2027-01}]
    ramp: 6 months
    horizon: 36 months
    discount_rate: 2.25%
    cashable: 50%..80%
maturity:
  management_understands: {answer: 3/5}
claims: {tool: {reduction: 10%..20%}}
vision: {staff_belief: 3/5}
"""
"""A small sound model in which every chapter of the report has something to say."""

_TECHNICAL = (Privacy, LogSettings)
"""Settings that name files; texts in them are paths, refused elsewhere."""
_IDS = frozenset({("Step", "phase"), ("MomentOfTruth", "at")})
"""Texts that are ids or refer to one."""


def text_fields(model: type[Part]) -> Iterator[tuple[str, str]]:
    """The names of the fields of a record that hold text of their own, and in which form.

    The forms are `text`, `name`, `texts` and `names` for one or several of them.
    """
    for name, info in model.model_fields.items():
        if name == "id" or (model.__name__, name) in _IDS or any(isinstance(mark, Ref) for mark in info.metadata):
            continue
        form = _form(info.annotation)
        if form is not None and not any(_checked(mark) for mark in info.metadata):
            yield name, form


def _form(annotation: Any) -> str | None:
    """What kind of text a type takes, if any; texts under a mark of reference are ids."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return None if any(isinstance(mark, Ref) for mark in arguments[1:]) else _form(arguments[0])
    if annotation is str:
        return "text"
    if annotation is Label:
        return "name"
    if origin is tuple:
        inner = _form(arguments[0])
        return f"{inner}s" if inner in ("text", "name") else None
    if origin is not None and origin is not dict:
        return next((form for form in map(_form, arguments) if form), None)
    return None


def _checked(mark: Any) -> bool:
    """Whether a mark is a reader that refuses free text (a currency, a time zone)."""
    return getattr(getattr(mark, "func", None), "__name__", "") in ("_currency", "_time_zone")


def parts_in(annotation: Any) -> Iterator[tuple[type[Part], str]]:
    """The records a type can hold, and whether as themselves, in a list or in a mapping."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Part) and annotation is not Label:
        yield annotation, "part"
    elif origin is tuple and arguments:
        yield from ((part, "list") for part, _ in parts_in(arguments[0]))
    elif origin is dict:
        yield from ((part, "map") for part, _ in parts_in(arguments[1]))
    else:
        for argument in arguments:
            yield from parts_in(argument)


class _Writer:
    """Fills the texts of records in turn from a row of hostile texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = itertools.cycle(texts)
        self.filled: set[tuple[str, str]] = set()

    def fill(self, model: type[Part], tree: dict[str, Any]) -> dict[str, Any]:
        """The record with every text set, also in the parts within it."""
        for name, form in text_fields(model):
            key = model.model_fields[name].alias or name
            made = {"nl": next(self._texts), "en": next(self._texts)} if "name" in form else next(self._texts)
            tree[key] = [made, next(self._texts)] if form.endswith("s") else made
            self.filled.add((model.__name__, name))
        for name, info in model.model_fields.items():
            key = info.alias or name
            for part, how in parts_in(info.annotation):
                self._inner(part, how, key, tree)
        return tree

    def _inner(self, part: type[Part], how: str, key: str, tree: dict[str, Any]) -> None:
        if part in _TECHNICAL:
            return
        held = tree.get(key)
        if how == "part":
            if isinstance(held, dict) or (held is None and _can_be_made(part)):
                tree[key] = self.fill(part, held or {})
        elif how == "list" and isinstance(held, list):
            for one in held:
                if isinstance(one, dict) and _is_of(part, one):
                    self.fill(part, one)
        elif how == "list" and _can_be_made(part):
            tree[key] = [self.fill(part, {})]
        elif how == "map" and isinstance(held, dict):
            for one in held.values():
                if isinstance(one, dict):
                    self.fill(part, one)


def _can_be_made(part: type[Part]) -> bool:
    """Whether a part that is not stated can be: it has texts, and asks for nothing else."""
    own = dict(text_fields(part))
    needed = [name for name, info in part.model_fields.items() if info.is_required()]
    return bool(own) and all(name in own for name in needed)


def _is_of(part: type[Part], tree: dict[str, Any]) -> bool:
    """Whether a tree is of a kind of part, where several kinds share a list."""
    kind = part.model_fields.get("kind")
    return kind is None or "kind" not in tree or tree["kind"] in get_args(kind.annotation)


def hostile_project(folder: Path, texts: Sequence[str] = HOSTILE, base: str = BASE) -> Path:
    """Write a project in whose model every text field holds one of the texts, and return its folder."""
    writer = _Writer(texts)
    model = yaml.load(base, yaml.BaseLoader)
    for key, kind in (BY_ID | SINGLES).items():
        held = model.get(key) or {}
        if key in SINGLES:
            model[key] = writer.fill(kind, held)
        else:
            model[key] = {name: writer.fill(kind, record) for name, record in held.items()}
    for key, kind in LISTS.items():
        model[key] = [writer.fill(kind, record) for record in model.get(key, [])]
    settings = writer.fill(Settings, {"language": "nl"})
    (folder / "model").mkdir(parents=True, exist_ok=True)
    (folder / "workbench.yaml").write_text(_yaml(settings), encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(_yaml(_typed(model)), encoding="utf-8")
    return folder


def _typed(value: Any) -> Any:
    """Numbers as numbers again; all other scalars stay the text they were."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    try:
        return int(value) if str(value).lstrip("-").isdecimal() else float(value)
    except (TypeError, ValueError):
        return value


def _yaml(tree: dict[str, Any]) -> str:
    """JSON, which is YAML too, one record a line so that places in it differ."""
    return json.dumps(tree, ensure_ascii=False, indent=1)
