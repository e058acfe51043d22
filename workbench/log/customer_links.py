"""Which identifiers in a file belong to one customer?

Identifiers that stand together on a row belong to one customer, and so do those that are linked through others: the
connected components of a graph. It is built of pseudonyms only; what is a phone number or an e-mail address is never
written down. The same rows in another order, or in other batches, give the same customers.
"""

from __future__ import annotations

import hashlib
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from workbench.log.errors import LogError
from workbench.log.profile import Column, Link, Profile
from workbench.log.store import Connection

_SUFFIXES_OF_PARQUET = (".parquet", ".pq")


def link_mark(profile: Profile) -> str:
    """What changes when the content of a profile's link file changes; nothing when it has none.

    Raises:
        LogError: the link file cannot be read.
    """
    link = link_of(profile)
    if link is None or link.file is None:
        return ""
    try:
        with Path(link.file).open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise LogError(f"{link.file}: the link file cannot be read ({error.strerror})") from error


def link_of(profile: Profile) -> Link | None:
    """How the profile links the identifiers of a customer, if it does."""
    key = profile.columns.get("customer_key")
    return key.link if key else None


def link_file_profile(profile: Profile) -> Profile | None:
    """How the link file is read: as the log is, with its own names of the columns."""
    key = profile.columns.get("customer_key")
    if key is None or key.link is None or key.link.file is None:
        return None
    named = {name: key.link.file_columns.get(name, name) for name in key.columns}
    kinds = {named[name]: kind for name, kind in key.link.kinds.items()}
    column = Column(
        columns=tuple(named.values()), buckets=key.buckets, link=key.link.model_copy(update={"kinds": kinds})
    )
    parquet = key.link.file.endswith(_SUFFIXES_OF_PARQUET)
    return Profile(
        id=profile.id,
        format="parquet" if parquet else "delimited",
        encoding="auto",
        missing=profile.missing,
        columns={"started_at": column, "customer_key": column},
    )


def create_links(connection: Connection) -> None:
    """Make an empty place for the pairs of identifiers of a file."""
    connection.execute("CREATE OR REPLACE TEMP TABLE pair (a UUID, a_place UTINYINT, b UUID, b_place UTINYINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE linked (id UUID, customer UUID)")


def add_pairs(connection: Connection, identifiers: pa.Table) -> None:
    """Note which identifiers stand together.

    Args:
        connection: with the tables of `create_links`.
        identifiers: one row a record; the columns i0, i1, … hold the pseudonyms, as text, in the profile's order.
    """
    names = [name for name in identifiers.column_names if name != "record"]
    connection.register("identifiers", identifiers)
    for (place, a), (other, b) in combinations(enumerate(names), 2):
        connection.execute(
            f"INSERT INTO pair SELECT DISTINCT CAST({a} AS UUID), {place}, CAST({b} AS UUID), {other} "
            f"FROM identifiers WHERE {a} IS NOT NULL AND {b} IS NOT NULL AND {a} <> {b}"
        )
    connection.unregister("identifiers")


def link_pairs(connection: Connection, most: int) -> None:
    """Work the pairs out: the table `linked` then gives the customer of an identifier, or NULL for a shared one.

    The customer is the pseudonym of the identifier that comes first: by the profile's order of columns, then by itself.

    Args:
        connection: with the pairs.
        most: an identifier with more others than this in one column is shared.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE shared AS SELECT DISTINCT id FROM (
            SELECT a AS id FROM pair GROUP BY a, b_place HAVING count(DISTINCT b) > {most}
            UNION ALL SELECT b FROM pair GROUP BY b, a_place HAVING count(DISTINCT a) > {most});
        CREATE OR REPLACE TEMP TABLE node AS
            SELECT id, CAST(row_number() OVER (ORDER BY min(place), id) - 1 AS INTEGER) AS code
            FROM (SELECT a AS id, a_place AS place FROM pair UNION ALL SELECT b, b_place FROM pair)
            WHERE id NOT IN (FROM shared) GROUP BY id"""
    )
    edges = connection.execute(
        "SELECT DISTINCT x.code AS a, y.code AS b FROM pair JOIN node x ON x.id = pair.a JOIN node y ON y.id = pair.b"
    ).fetchnumpy()
    nodes = int((connection.execute("SELECT count(*) FROM node").fetchone() or (0,))[0])
    connection.register("first_of", pa.table({"code": np.arange(nodes, dtype=np.int32), "first": _first(nodes, edges)}))
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE linked AS
            SELECT node.id, customer.id AS customer FROM node JOIN first_of USING (code)
            JOIN node customer ON customer.code = first_of.first WHERE first_of.first <> first_of.code
            UNION ALL SELECT id, NULL FROM shared"""
    )
    connection.unregister("first_of")
    connection.execute("DROP TABLE pair; DROP TABLE node; DROP TABLE shared")


def _first(nodes: int, edges: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The first node of every node's component."""
    if not nodes:
        return np.empty(0, np.int32)
    graph = coo_array((np.ones(len(edges["a"]), np.int8), (edges["a"], edges["b"])), shape=(nodes, nodes))
    _, labels = connected_components(graph, directed=False)
    _, first = np.unique(labels, return_index=True)
    return first[labels].astype(np.int32)


def customers(connection: Connection, identifiers: pa.Table) -> pa.ChunkedArray:
    """The customer's pseudonym of each record, as text: of its first identifier that is not shared."""
    names = [name for name in identifiers.column_names if name != "record"]
    connection.register("identifiers", identifiers)
    joins = " ".join(f"LEFT JOIN linked l_{name} ON l_{name}.id = CAST({name} AS UUID)" for name in names)
    known = ", ".join(
        f"CASE WHEN l_{name}.id IS NULL THEN CAST({name} AS UUID) ELSE l_{name}.customer END" for name in names
    )
    found = connection.execute(
        f"SELECT CAST(coalesce({known}) AS VARCHAR) AS customer FROM identifiers {joins} ORDER BY record"
    ).to_arrow_table()
    connection.unregister("identifiers")
    return found.column("customer")
