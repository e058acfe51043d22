"""Is a pseudonym HMAC-SHA-256 exactly, also in SQL, and is its key kept from others?"""

import hashlib
import hmac
import os
import stat
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.log.errors import LogError
from workbench.log.pseudonym import hmac_blocks, load_key, pseudonym, pseudonym_sql
from workbench.log.store import Resources, engine

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with engine(Resources(memory_mib=256, threads=1), tmp_path_factory.mktemp("spill") / "tmp") as connection:
        yield connection


def _expected(field, text, key):
    """The construction of RFC 2104 by Python's own hmac, cut to 128 bits."""
    return UUID(hmac.digest(key, f"{field}:{text}".encode(), hashlib.sha256).hex()[:32])


@settings(max_examples=60)
@given(text=TEXT, key=st.binary(min_size=32, max_size=32))
def test_sql_gives_the_hmac_of_python(database, text, key):
    sql = f"SELECT {pseudonym_sql('customer_key', '$text')}"
    (found,) = database.execute(sql, {**hmac_blocks(key), "text": text}).fetchone()
    assert found == _expected("customer_key", text, key) == pseudonym("customer_key", text, key)


def test_known_answer_of_rfc_4231():
    # Test case 2 of RFC 4231: key "Jefe", data "what do ya want for nothing?". Field and text are joined by a colon,
    # so the data is split at none; the bare HMAC is checked through the two padded blocks.
    blocks = hmac_blocks(b"Jefe")
    inner = hashlib.sha256(blocks["inner"] + b"what do ya want for nothing?").digest()
    outer = hashlib.sha256(blocks["outer"] + inner).hexdigest()
    assert outer == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_key_is_made_once_for_its_owner_only(tmp_path):
    file = tmp_path / "keys" / "project.key"
    key = load_key(file)
    assert len(key) == 32
    assert load_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [part.name for part in file.parent.iterdir()] == ["project.key"]


def test_two_projects_have_two_keys(tmp_path):
    assert load_key(tmp_path / "a.key") != load_key(tmp_path / "b.key")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_key_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "project.key"
    load_key(file)
    file.chmod(0o644)
    with pytest.raises(LogError, match=r"chmod 600 project\.key"):
        load_key(file)


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "ab" * 31, "ab" * 33, "é" * 64])
def test_what_is_no_key_is_refused(tmp_path, text):
    file = tmp_path / "project.key"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(LogError, match=r"project\.key"):
        load_key(file)


def test_folder_as_key_is_refused(tmp_path):
    with pytest.raises(LogError):
        load_key(tmp_path)
