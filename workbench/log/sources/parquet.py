"""How is a Parquet file read: typed columns as they are, without a detour over text?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.log.errors import LogError
from workbench.log.profile import Layout
from workbench.log.sources.batch import LINE, Batch, require_columns, trimmed

_ROWS_PER_BATCH = 122_880
_BATCHES = 4


def read_parquet(file: Path, profile: Layout, wanted: tuple[str, ...]) -> Iterator[Batch]:
    """The records of a Parquet file, in batches; a line is a record's number.

    Raises:
        LogError: the file is no Parquet, or lacks a column the profile needs.
    """
    try:
        with pq.ParquetFile(file, pre_buffer=False) as source:
            header = source.schema_arrow.names
            require_columns(file, profile.required, header)
            total = max(1, source.metadata.num_rows)
            kept = [name for name in wanted if name in header]
            read = 0
            waiting: list[pa.RecordBatch] = []
            for piece in source.iter_batches(batch_size=_ROWS_PER_BATCH, columns=kept):
                waiting.append(piece)
                if len(waiting) == _BATCHES:
                    batch = _batch(waiting, read, total)
                    read += batch.table.num_rows
                    waiting = []
                    yield batch
            if waiting or not read:
                yield _batch(waiting or [pa.RecordBatch.from_pylist([], source.schema_arrow)], read, total)
    except (pa.ArrowException, OSError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise LogError(f"{file}: cannot be read as Parquet ({first})") from error


def _batch(pieces: list[pa.RecordBatch], read: int, total: int) -> Batch:
    table = pa.Table.from_batches(
        [pa.RecordBatch.from_arrays([trimmed(column) for column in part.columns], part.schema.names) for part in pieces]
    )
    lines = pa.array(np.arange(read + 1, read + table.num_rows + 1))
    return Batch(table.append_column(LINE, lines), (), (read + table.num_rows) / total)
