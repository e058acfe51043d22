"""What does a record that extends another hold in the end?

Maps merge, lists replace, null takes away; values keep the place where they were written.
"""

from __future__ import annotations

from collections.abc import Mapping

from touchpoints.faults import Fault, hint
from touchpoints.located import Located

LIBRARY_PREFIX = "library."
MAX_PARENTS = 50


def extend(
    collection: str, name: str, own: Mapping[str, Located], library: Mapping[str, Located]
) -> tuple[Located, list[Fault]]:
    """The record `name` of a collection with all it takes over from its parents.

    Example:
        >>> from touchpoints.yaml_tree import read_yaml
        >>> tree, _ = read_yaml(b"{a: {x: 1, m: {p: 1}}, b: {extends: a, m: {q: 2}, x: null}}", "x.yaml")
        >>> extend("channels", "b", tree.value, {})[0].plain()
        {'m': {'p': 1, 'q': 2}}
    """
    return _extend(collection, own[name], own, library, (name,))


def extend_library(collection: str, name: str, library: Mapping[str, Located]) -> tuple[Located, list[Fault]]:
    """The library's record `name` with all it takes over from other library records."""
    return _extend(collection, library[name], {}, library, (LIBRARY_PREFIX + name,))


def _extend(
    collection: str,
    tree: Located,
    own: Mapping[str, Located],
    library: Mapping[str, Located],
    chain: tuple[str, ...],
) -> tuple[Located, list[Fault]]:
    if not isinstance(tree.value, dict) or "extends" not in tree.value:
        return tree, []
    link = tree.value["extends"]
    child = {key: part for key, part in tree.value.items() if key != "extends"}
    rest = Located(child, tree.file, tree.line, tree.column)
    target = link.value
    if not isinstance(target, str):
        return rest, [Fault(link.place, "extends", f"{collection}: extends must name one id or library.NAME")]
    if target in chain:
        circle = " → ".join((*chain[chain.index(target) :], target))
        message = f"{collection}: extends comes back to itself: {circle}; delete one of these links"
        return rest, [Fault(link.place, "extends", message)]
    if len(chain) > MAX_PARENTS:
        message = f"{collection}: '{chain[0]}' has more than {MAX_PARENTS} parents; name one that is nearer to the last"
        return rest, [Fault(link.place, "extends", message)]
    from_library = target.startswith(LIBRARY_PREFIX)
    name = target.removeprefix(LIBRARY_PREFIX)
    source = library if from_library else own
    if name not in source:
        where = "the library has no" if from_library else "no"
        meant = hint(name, library, prefix=LIBRARY_PREFIX) if from_library or name in library else hint(name, own)
        message = f"{collection}: {where} '{name}' to extend{meant}"
        return rest, [Fault(link.place, "extends", message)]
    parent, faults = _extend(collection, source[name], {} if from_library else own, library, (*chain, target))
    return merge(parent, rest), faults


def merge(parent: Located, child: Located) -> Located:
    """The child laid over its parent."""
    if not (isinstance(parent.value, dict) and isinstance(child.value, dict)):
        return child
    parts = dict(parent.value)
    for key, part in child.value.items():
        if part.value is None:
            parts.pop(key, None)
        elif key in parts and key != "evidence":
            parts[key] = merge(parts[key], part)
        else:
            parts[key] = part
    evidence = _merged_evidence(parent, child)
    if evidence is not None:
        parts["evidence"] = evidence
    return Located(parts, child.file, child.line, child.column)


def _merged_evidence(parent: Located, child: Located) -> Located | None:
    """The child's evidence, with the parent's kept for the values that come from the parent and for no others."""
    inherited, own = parent.value.get("evidence"), child.value.get("evidence")
    if inherited is None or not isinstance(inherited.value, dict) or (own and not isinstance(own.value, dict)):
        return None
    whole = {key: part for key, part in inherited.value.items() if key != "fields"}
    single = inherited.value["fields"].value if "fields" in inherited.value else {}
    if not isinstance(single, dict):
        return None
    fields: dict[str, Located] = {}
    for key in parent.value:
        if key not in child.value and key not in ("evidence", "extends"):
            stated = single[key].value if key in single and isinstance(single[key].value, dict) else {}
            if whole or stated:
                fields[key] = Located({**whole, **stated}, inherited.file, inherited.line, inherited.column)
    place = own or inherited
    laid = dict(own.value) if own else {}
    if "fields" in laid and isinstance(laid["fields"].value, dict):
        fields |= laid["fields"].value
    laid["fields"] = Located(fields, place.file, place.line, place.column)
    return Located(laid, place.file, place.line, place.column)
