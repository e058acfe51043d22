"""Does any content at all end in contacts or in one clear refusal, never in another error?"""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.log.errors import LogError
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile, parse_profile
from workbench.log.sources.reading import read_batches

ODD = st.one_of(
    st.binary(max_size=400),
    st.text(st.sampled_from('started_at,reason\n\r"\t;=@\0é2026-01-01 '), max_size=200).map(lambda text: text.encode()),
)
HEAD = b"started_at,reason,wait_s,customer_key\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", ["generic_csv", "generic_xlsx", "generic_parquet", "xes", "technion_call_centre"])
@settings(max_examples=60)
@given(content=ODD)
def test_any_bytes_are_read_or_refused(folder, name, content):
    (folder / "log").write_bytes(content)
    said = f"{folder / 'log'}:"
    try:
        rows = sum(batch.table.num_rows for batch in read_batches(folder / "log", load_profile(name)))
    except LogError as error:
        rows, said = 0, str(error)
    assert rows <= content.count(b"\n") + content.count(b"\r") + 1
    assert said.startswith(f"{folder / 'log'}:")
    assert "\n" not in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7", "shift_jis", "cp037"])
@settings(max_examples=20)
@given(content=ODD)
def test_any_bytes_in_any_encoding_are_read_or_refused(folder, encoding, content):
    text = f"format: delimited\nencoding: {encoding}\nseparator: comma\nheader: [a, b]\ncolumns: {{started_at: a}}\n"
    (folder / "log").write_bytes(content or b" ")
    with contextlib.suppress(LogError):
        list(read_batches(folder / "log", parse_profile(text.encode(), "p.yaml")))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=ODD)
def test_any_rows_under_a_sound_header_are_accounted_for(folder, tmp_path_factory, key, body):
    (folder / "rows.csv").write_bytes(HEAD + body)
    store = tmp_path_factory.mktemp("store") / "log.duckdb"
    account = ingest([folder / "rows.csv"], load_profile("generic_csv"), store, key).files[0]
    total = account.accepted + account.duplicate + account.filtered + account.quarantined
    assert account.rows_read == total
