"""What does the model say of each of its fields?"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache

from touchpoints.records.base import Part


def descriptions(model: type[Part]) -> dict[str, str]:
    """The text that stands under each field of a part, its own before that of what it builds upon.

    Read from the source when it is asked for: at each start it would cost more than the model itself.

    Example:
        >>> from touchpoints.records.base import Record
        >>> descriptions(Record)["name"]
        'What people call it.'
    """
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, Part):
            found |= _texts(one.__module__).get(one.__qualname__, {})
    return found


@cache
def _texts(module: str) -> Mapping[str, dict[str, str]]:
    """The texts under the fields of every class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_under(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _under(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, text in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            value = text.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.append((field.target.id, inspect.cleandoc(value.value)))
    return found
