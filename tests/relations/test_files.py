"""A file and the digest kept beside it."""

import subprocess

import pytest

from signaux_faibles.relations.files import is_sealed, known_sha256, remove_seals, seal, sealed_digest, sha256


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "clean_debit.parquet"
    path.write_bytes(b"rows")
    return path


def test_a_sealed_file_is_what_was_written_until_a_byte_changes(file):
    assert not is_sealed(file)
    seal(file)
    assert is_sealed(file)
    assert sealed_digest(file) == sha256(file)
    file.write_bytes(b"rowz")
    assert not is_sealed(file)


def test_a_digest_without_its_file_and_a_file_without_its_digest_are_not_whole(file):
    seal(file)
    file.unlink()
    assert not is_sealed(file)
    file.write_bytes(b"rows")
    remove_seals(file.parent)
    assert not is_sealed(file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_anybody_can_check_it_with_the_tools_of_the_system(file):
    seal(file)
    check = ["sha256sum", "--check", "--status", f"{file.name}.sha256"]
    assert subprocess.run(check, cwd=file.parent, check=False).returncode == 0


def test_a_file_is_hashed_again_when_it_is_written_again(file):
    before = known_sha256(file)
    file.write_bytes(b"other rows")
    assert known_sha256(file) == sha256(file) != before


def test_a_file_that_is_moved_is_not_hashed_again(file, monkeypatch):
    before = known_sha256(file)
    folder = file.parent.rename(file.parent.with_name("snapshots"))
    monkeypatch.setattr("signaux_faibles.relations.files.sha256", lambda path: pytest.fail(f"{path} is hashed again"))
    assert known_sha256(folder / file.name) == before
