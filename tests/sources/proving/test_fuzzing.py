"""The fuzzing of deliveries: repeatable, of every type, and it sees a broken promise."""

import pytest

from signaux_faibles.sources.proving import fuzzing
from signaux_faibles.sources.proving.fuzzing import Fuzzed, check, fuzz, write_case
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

SEED = 20241101


@pytest.mark.parametrize("number", range(30))
def test_a_damaged_delivery_breaks_no_promise(tmp_path, number):
    assert check(SEED, number, tmp_path) is None


def test_a_case_is_made_of_its_seed_and_number_alone(tmp_path):
    contents = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        cases = [write_case(SEED, number, tmp_path / folder) for number in range(20)]
        contents.append([(contract.name, path.name) for contract, path in cases])
        contents.append([path.read_bytes() for _, path in cases])
    assert contents[:2] == contents[2:]


def test_every_type_is_tried(tmp_path):
    assert {write_case(SEED, number, tmp_path)[0].name for number in range(200)} == set(CONTRACTS)


def test_a_broken_promise_is_reported(monkeypatch):
    class Broken(FileReader):
        def chunks(self):
            for chunk in super().chunks():
                self.report.rows_kept += 1
                yield chunk

    monkeypatch.setattr(fuzzing, "FileReader", Broken)
    said: list[str] = []
    result = fuzz(2, SEED, said.append)
    assert result.failures
    assert "a record is not counted once" in said[0]
    assert said[-1].endswith(f"{len(result.failures)} failures")


def test_a_crash_is_reported(monkeypatch, tmp_path):
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzzing, "FileReader", crash)
    failure = check(SEED, 0, tmp_path, Fuzzed())
    assert failure is not None
    assert failure.promise.startswith("ZeroDivisionError")
