"""How are journeys that a log holds written as YAML that loads as a first model?

Names come from the model or the library where the log's words match an id or a name there; other words become records
of their own. Handling and waiting times are left to the volumes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.exchange.naming import Names
from touchpoints.inventory import Inventory
from touchpoints.library import library_trees
from touchpoints.yaml_tree import write_yaml
from workbench.log.discovery import Discovery, Found, Row, days_of_log
from workbench.log.engine import Log
from workbench.log.traces import Contact
from workbench.tables import visible

DECIMALS = 3
"""Shares are written to a tenth of a percent."""
Comments = dict[tuple[str, ...], list[str]]
Path = tuple[str, ...]
_NOTIONS = {"case": "the contacts of a case", "customer": "the contacts of a customer within {days:g} days of another"}


def discovered_yaml(discovery: Discovery, log: Log, inventory: Inventory) -> str:
    """The YAML of the journeys that were found, with what was left out as comments.

    Args:
        discovery: what the log holds.
        log: it came from, for the period and the channels.
        inventory: the model that the file shall stand beside; its ids are not taken again.

    Raises:
        ValueError: nothing was found.
    """
    if not discovery.found:
        raise ValueError("discovery must hold at least one journey, got none; lower the least share")
    writer = _Writer(log, inventory)
    journeys = Names("journey", inventory.journeys)
    for found in discovery.found:
        name = journeys(writer.reasons.id(found.firsts[0]) if found.firsts[0] else "journey")
        writer.add(name, found)
    parts = {"touchpoints": writer.touchpoints.own, "reasons": writer.reasons.own, "journeys": writer.journeys}
    head = _head(discovery, log)
    return head + commented(write_yaml({key: part for key, part in parts.items() if part}), writer.comments)


def _head(discovery: Discovery, log: Log) -> str:
    notion = _NOTIONS[discovery.notion].format(days=log.window_days)
    lines = [
        "Journeys as the contact log shows them: a first model, to be named, merged and completed by people who know.",
        f"A journey is {notion}. Shares are of contacts that were followed by another, or by none for "
        f"{log.window_days} days.",
        "What began before the log did looks as if it began in it, at a later step.",
        "A log cannot tell who was helped from who gave up: every journey that stops is `resolved` here.",
    ]
    if discovery.others:
        few = discovery.others < log.suppress_below
        lines.append(f"{'A few' if few else f'{discovery.others:,}'} journeys start in other ways, too rare to be one.")
    return "".join(f"# {line}\n" for line in lines)


@dataclass
class _Words:
    """The records of a collection that the words of a log stand for: of the model, of the library, or new ones."""

    collection: str
    known: Mapping[str, Any]
    kind: str

    def __post_init__(self) -> None:
        self.own: dict[str, dict[str, Any]] = {}
        self._names = Names(self.kind, self.known)
        self._ids: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for key, tree in library_trees(self.collection).items():
            self._by_name.update(dict.fromkeys([key, *_texts(tree.plain().get("name"))], f"library.{key}"))
        for key, record in self.known.items():
            labels = [record.label(language).casefold() for language in ("nl", "en")]
            self._by_name.update(dict.fromkeys([key, *labels], key))

    def id(self, word: str) -> str:
        """The id of a word; a new record is made for one that is not in the model."""
        if word not in self._ids:
            found = self._by_name.get(word.casefold())
            if found is not None and found in self.known:
                self._ids[word] = found
            else:
                name = found.removeprefix("library.") if found else word
                self._ids[word] = key = self._names(name)
                self.own[key] = {"extends": found} if found else {"name": visible(word) or key}
        return self._ids[word]

    def names(self, word: str) -> dict[str, str]:
        """What people call a word, in Dutch and English."""
        record = self.known.get(self.id(word))
        if record is not None:
            return {language: record.label(language) for language in ("nl", "en")}
        made = self.own[self.id(word)]
        if "extends" in made:
            name = library_trees(self.collection)[made["extends"].removeprefix("library.")].plain().get("name")
            return name if isinstance(name, dict) else {"nl": str(name), "en": str(name)}
        return dict.fromkeys(("nl", "en"), made["name"])


def _texts(name: Any) -> list[str]:
    return [str(text).casefold() for text in (name.values() if isinstance(name, dict) else [name]) if text]


class _Writer:
    """The model that grows while journeys are added."""

    def __init__(self, log: Log, inventory: Inventory) -> None:
        self.touchpoints = _Words("touchpoints", inventory.touchpoints, "touchpoint")
        self.reasons = _Words("reasons", inventory.reasons, "reason")
        self.journeys: dict[str, dict[str, Any]] = {}
        self.comments: Comments = {}
        self._channels = _channels(log, inventory)
        self._log = log

    def add(self, name: str, found: Found) -> None:
        """Write one journey."""
        ids = self._ids(found)
        self._remark(("journeys", name), f"{found.journeys:,} journeys in the log"
                     + (f"; {_number(found.left_out, self._log)} contacts of it are too rare to be steps"
                        if found.left_out else ""))  # fmt: skip
        record: dict[str, Any] = {
            "name": _either(self._name(found)),
            "starts": f"{_significant(found.per_month)}/month",
        }
        if len(found.starts) > 1:
            record["start"] = _shares({ids[contact]: share for contact, share in found.starts.items()})
        record["evidence"] = self._evidence(found.journeys)
        order = sorted(found.steps, key=lambda contact: contact not in found.starts)
        rows = _ending({ids[contact]: _next(found.steps[contact], ids) for contact in order},
                       {ids[contact]: found.steps[contact].n for contact in order})  # fmt: skip
        record["steps"] = {}
        for contact in order:
            step, row = ids[contact], found.steps[contact]
            record["steps"][step] = self._step(contact) | ({"next": _shares(rows[step])} if rows[step] else {})
            self._remark(("journeys", name, "steps", step), _of_row(row, bool(rows[step]), self._log))
        self.journeys[name] = record

    def _remark(self, path: Path, text: str) -> None:
        if text:
            self.comments.setdefault(path, []).append(text)

    def _ids(self, found: Found) -> dict[Contact, str]:
        """The id of each step: its touchpoint, and its reason where the touchpoint is passed for several."""
        touchpoints = [contact[0] for contact in found.steps]
        names = Names("step")
        ids = {}
        for touchpoint, reason in found.steps:
            parts = [touchpoint] if touchpoint and touchpoints.count(touchpoint) == 1 else [touchpoint, reason]
            ids[touchpoint, reason] = names(" ".join(part for part in parts if part) or "step")
        return ids

    def _name(self, found: Found) -> dict[str, str]:
        reason = found.firsts[0]
        return self.reasons.names(reason) if reason else {"nl": "Klantreis uit het log", "en": "Journey of the log"}

    def _step(self, contact: Contact) -> dict[str, Any]:
        touchpoint, reason = contact
        step: dict[str, Any] = {}
        names = [words.names(word) for words, word in ((self.touchpoints, touchpoint), (self.reasons, reason)) if word]
        if names:
            step["name"] = _either({code: ": ".join(name[code] for name in names) for code in ("nl", "en")})
        if touchpoint:
            step["touchpoint"] = key = self.touchpoints.id(touchpoint)
            channel = self._channels.get(touchpoint)
            if channel and "name" in self.touchpoints.own.get(key, {}):
                self.touchpoints.own[key]["channel"] = channel
        if reason:
            step["reason"] = self.reasons.id(reason)
        return step

    def _evidence(self, n: int) -> dict[str, Any]:
        first, last = days_of_log(self._log)
        period = {"start": first.isoformat(), "end": last.isoformat()}
        return {"grade": "measured", "source": "contact log", "date": last.isoformat(), "n": n, "period": period}


def _either(name: dict[str, str]) -> dict[str, str] | str:
    """A name in both languages, once where they are the same."""
    return name["en"] if name["nl"] == name["en"] else name


def _channels(log: Log, inventory: Inventory) -> dict[str, str]:
    """The channel by which a touchpoint is reached most, where the model or the library knows it."""
    known = {*inventory.channels, *library_trees("channels")}
    daily = log.table("daily")
    rows = log.rows(daily.group_by(["touchpoint", "channel"]).agg(n=daily.n.sum()))
    best: dict[str, tuple[int, str]] = {}
    for row in rows:
        if row["touchpoint"] is not None and row["channel"] in known and row["n"] >= log.suppress_below:
            best[row["touchpoint"]] = max(best.get(row["touchpoint"], (0, "")), (int(row["n"]), row["channel"]))
    return {touchpoint: channel for touchpoint, (_, channel) in best.items()}


def _next(row: Row, ids: Mapping[Contact, str]) -> dict[str, float]:
    return {"resolved" if after is None else ids[after]: share for after, share in row.shares.items()}


def _ending(rows: dict[str, dict[str, float]], sizes: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """The rows; where steps only lead to one another and never end, the one with fewest contacts says nothing."""
    rows = dict(rows)
    while True:
        graph: nx.DiGraph[object] = nx.DiGraph()
        graph.add_nodes_from([*rows, "resolved"])
        graph.add_edges_from((step, target) for step, row in rows.items() for target in row or {"resolved": 1.0})
        stuck = sorted(set(rows) - nx.ancestors(graph, "resolved"), key=lambda step: (sizes[step], step))
        if not stuck:
            return rows
        rows[stuck[0]] = {}


def _shares(row: Mapping[str, float]) -> dict[str, str]:
    """Shares as the model writes them, the largest as `rest`, so that they add up to one.

    Example:
        >>> _shares({"call": 1 / 3, "resolved": 2 / 3})
        {'resolved': 'rest', 'call': '33.3%'}
        >>> _shares({"resolved": 1.0})
        {'resolved': '100%'}
    """
    ordered = sorted(row.items(), key=lambda one: -one[1])
    if len(ordered) == 1:
        return {ordered[0][0]: "100%"}
    written = {target: _percent(share) for target, share in ordered[1:]}
    return {ordered[0][0]: "rest"} | {target: text for target, text in written.items() if text != "0%"}


def _percent(share: float) -> str:
    """A share in percent; never three decimals, which could be thousands.

    Example:
        >>> _percent(0.3), _percent(0.0625)
        ('30%', '6.2%')
    """
    return f"{round(share, DECIMALS) * 100:.1f}".removesuffix(".0") + "%"


def _significant(value: float) -> str:
    """A number with three figures; never three decimals."""
    return f"{float(f'{value:.3g}'):.2f}".rstrip("0").rstrip(".")


def _number(count: int, log: Log) -> str:
    return f"{count:,}" if count >= log.suppress_below else f"fewer than {log.suppress_below}"


def _of_row(row: Row, is_said: bool, log: Log) -> str:
    if not is_said:
        return "too few contacts, or none that ended, to say where it leads"
    text = f"n = {_number(row.n, log)}"
    return text + (f"; {_number(row.folded, log)} took ways that are left out" if row.folded else "")


def commented(text: str, comments: Mapping[Path, Sequence[str]]) -> str:
    r"""YAML of nested maps with a comment above some of its keys.

    Example:
        >>> print(commented("a:\n  b: 1\n  c: 2\n", {("a", "c"): ["why"]}), end="")
        a:
          b: 1
          # why
          c: 2
    """
    lines: list[str] = []
    path: list[str] = []
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        path = [*path[: indent // 2], line.strip().partition(":")[0].strip("'\"")]
        lines += [f"{' ' * indent}# {remark}" for remark in comments.get(tuple(path), ())]
        lines.append(line)
    return "\n".join(lines) + "\n"
