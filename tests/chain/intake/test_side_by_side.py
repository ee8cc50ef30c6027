"""Two types of files are read at once; what is being read when a run stops leaves nothing behind."""

import time
from threading import Barrier, Event

import pytest

from harness.deliveries import write_delivery
from signaux_faibles.chain.intake.side_by_side import side_by_side
from signaux_faibles.home.home import Home
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS

FILES = {"procol": "sigfaible_pcoll.csv", "debit": "sigfaible_debits.csv"}


@pytest.fixture
def delivered(tmp_path):
    write_delivery(tmp_path / "2601")
    return [(CONTRACTS[name], [tmp_path / "2601" / file]) for name, file in FILES.items()]


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def read_as(monkeypatch, how):
    """Read files as `how` does, from what reads them and the reader."""
    read = FileReader._read
    monkeypatch.setattr(FileReader, "_read", lambda reader: how(read, reader))


def test_two_types_are_read_at_once(delivered, home, monkeypatch):
    both = Barrier(2, timeout=60)

    def together(read, reader):
        both.wait()
        yield from read(reader)

    read_as(monkeypatch, together)
    with side_by_side(delivered, "2601", home) as readings:
        files = {name: [file.file for file in reading.result()] for name, reading in readings.items()}
    assert files == {name: [file] for name, file in FILES.items()}


def test_what_is_being_read_when_the_run_stops_is_dropped(delivered, home, monkeypatch):
    begun = Event()

    def long(read, reader):
        for chunk in read(reader):
            for _ in range(1_000):
                begun.set()
                time.sleep(0.01)
                yield chunk

    read_as(monkeypatch, long)
    with pytest.raises(ZeroDivisionError):
        stopped_once(begun, delivered, home)
    assert not [path for path in home.staging.rglob("*") if path.is_file()]


def stopped_once(begun, delivered, home):
    """Stop a run that has begun to read."""
    with side_by_side(delivered[:1], "2601", home):
        assert begun.wait(60)
        raise ZeroDivisionError
