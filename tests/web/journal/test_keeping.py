"""Sealed months, what verification finds, and the purge."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings
from typer.testing import CliRunner

from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.sources.families import Family
from signaux_faibles.web.append_only_triggers import free, protect
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry, Head, Purge, Seal
from signaux_faibles.web.journal.purging import PurgeableMonth, due_months, purge
from signaux_faibles.web.journal.verification import verify
from signaux_faibles.web.journal.writing import JournalRefused, record

pytestmark = pytest.mark.django_db
MONTHS = ((2025, 9), (2025, 10), (2026, 10), (2026, 11))
TODAY = date(2026, 11, 29)


@pytest.fixture
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose journal has three entries in each of four months."""
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    settings.SF_HOME = Home(tmp_path)
    for year, month in MONTHS:
        for day in (1, 2, 3):
            write(datetime(year, month, day, tzinfo=UTC))
    return Home(tmp_path)


def write(now: datetime) -> None:
    record(EntryKind.READING, "811111111", by=Author("crp@demo.example"), families=[Family.URSSAF], now=now)


def test_a_month_that_is_over_is_sealed_in_the_database_and_outside(home: Home) -> None:
    assert [seal.segment for seal in Seal.objects.order_by("segment")] == ["2025-09", "2025-10", "2026-10"]
    written = json.loads((home.journal / "2025-10.json").read_text(encoding="utf-8"))
    last = Entry.objects.get(sequence=6)
    assert (written["first"], written["last"], written["digest"]) == (4, 6, last.digest)
    found = verify(home)
    assert (found.entries, found.sealed, found.purged, found.problems) == (12, 3, 0, ())
    assert found.head == Entry.objects.get(sequence=12).digest


def test_a_clock_that_goes_back_opens_no_sealed_month(home: Home) -> None:
    write(datetime(2026, 9, 1, tzinfo=UTC))
    assert Entry.objects.get(sequence=13).segment == "2026-11"
    assert verify(home).problems == ()


def test_a_month_sealed_by_an_act_that_was_undone_is_sealed_again(home: Home) -> None:
    """A page that asked before midnight may write once the act that sealed the month is undone: the file stays."""
    with transaction.atomic():
        write(datetime(2026, 12, 1, tzinfo=UTC))
        transaction.set_rollback(True)
    write(datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    write(datetime(2026, 12, 1, tzinfo=UTC))
    assert json.loads((home.journal / "2026-11.json").read_text(encoding="utf-8"))["last"] == 13
    assert verify(home).problems == ()


def sql(statement: str) -> None:
    """What somebody who holds the database could do, triggers put aside."""
    tables = ("journal_entry", "journal_seal", "journal_purge")
    free(connection, *tables)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    protect(connection, *tables)


TAMPERED: dict[str, tuple[str, str]] = {
    "an entry of a sealed month": (
        "UPDATE journal_entry SET account = 'autre' WHERE sequence = 5",
        "2025-10 : l’entrée n° 5 a été modifiée.",
    ),
    "an entry of this month": (
        "UPDATE journal_entry SET detail = '[]' WHERE sequence = 12",
        "Mois en cours : l’entrée n° 12 a été modifiée.",
    ),
    "an entry removed": ("DELETE FROM journal_entry WHERE sequence = 8", "2026-10 : l’entrée n° 8 manque"),
    "the end of a sealed month": (
        "DELETE FROM journal_entry WHERE sequence = 6",
        "2025-10 : sa dernière entrée n’est pas celle qui a été scellée.",
    ),
    "the end of this month": (
        "DELETE FROM journal_entry WHERE sequence = 12",
        "Mois en cours : la dernière entrée devrait être la n° 12.",
    ),
    "a month without its seal": ("DELETE FROM journal_seal WHERE segment = '2026-10'", "la base ne le connaît plus"),
    "a seal": (
        "UPDATE journal_seal SET digest = 'x' WHERE segment = '2025-09'",
        "2025-10 : ne suit pas le mois scellé",
    ),
    "a month emptied without a purge": ("DELETE FROM journal_entry WHERE segment = '2025-09'", "2025-09 : sa dernière"),
    "a month said to be purged": (
        "INSERT INTO journal_purge (segment, entries, at) VALUES ('2025-09', 3, '2026-11-01')",
        "2025-09 : purgé, il a pourtant 3 entrées.",
    ),
    "the head": ("UPDATE journal_head SET digest = 'x'", "Mois en cours : la dernière entrée devrait être la n° 12."),
}


@pytest.mark.parametrize(("statement", "problem"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_changed_is_found(home: Home, statement: str, problem: str) -> None:
    sql(statement)
    assert [one for one in verify(home).problems if problem in one] != [], verify(home).problems


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "manque"),
    "changed": (lambda file: file.write_text("{}", encoding="utf-8"), "ne scelle pas les mêmes entrées"),
    "another one": (lambda file: file.with_name("2024-01.json").write_text("{}"), "la base ne le connaît plus"),
}


@pytest.mark.parametrize(("change", "problem"), FILES.values(), ids=FILES)
def test_the_heads_outside_the_database_are_compared(
    home: Home, change: Callable[[Path], object], problem: str
) -> None:
    change(home.journal / "2025-10.json")
    assert [problem in one for one in verify(home).problems] == [True]


def test_a_whole_chain_made_again_does_not_match_the_heads_outside(home: Home) -> None:
    """Whoever rewrites the database still leaves the files of the home, and its backups."""
    sql("DELETE FROM journal_entry")
    sql("DELETE FROM journal_seal")
    Head.objects.all().delete()
    write(datetime(2026, 11, 3, tzinfo=UTC))
    assert len(verify(home).problems) == 3


def test_a_month_that_cannot_be_sealed_refuses_what_comes_next(home: Home) -> None:
    (home.journal / "2026-11.json").write_text("{}", encoding="utf-8")
    with pytest.raises(JournalRefused, match="scelle d’autres entrées"):
        write(datetime(2026, 12, 1, tzinfo=UTC))
    assert Entry.objects.count() == 12


def test_months_older_than_twelve_are_purged_whole_and_their_heads_stay(home: Home) -> None:
    assert due_months(TODAY) == [PurgeableMonth("2025-09", 3), PurgeableMonth("2025-10", 3)]
    for due in due_months(TODAY):
        purge(due)
    assert (Entry.objects.count(), Purge.objects.count(), Seal.objects.count()) == (6, 2, 3)
    found = verify(home)
    assert (found.problems, found.purged) == ((), 2)
    assert due_months(TODAY) == []


@pytest.mark.parametrize(("today", "due"), [(date(2026, 10, 31), 1), (date(2026, 11, 1), 2), (date(2026, 9, 30), 0)])
def test_a_month_is_kept_for_twelve_whole_months(home: Home, today: date, due: int) -> None:
    assert len(due_months(today)) == due


def test_a_month_that_was_changed_is_evidence_and_is_not_purged(home: Home) -> None:
    sql("UPDATE journal_entry SET account = 'autre' WHERE sequence = 2")
    with pytest.raises(JournalRefused, match=r"Rien n’est purgé\. 2025-09 : l’entrée n° 2 a été modifiée\."):
        purge(due_months(TODAY)[0])
    assert Entry.objects.count() == 12


def types(*words: str) -> tuple[int, str]:
    """The exit code of a command, and everything that it prints."""
    done = CliRunner().invoke(app, ["journal", *words])
    return done.exit_code, " ".join(done.output.split())


def test_the_command_verifies(home: Home) -> None:
    code, said = types("verify")
    assert (code, "Journal intact : 12 entrées, 3 mois scellés" in said) == (0, True)
    sql("DELETE FROM journal_entry WHERE sequence = 8")
    code, said = types("verify")
    assert (code, "l’entrée n° 8 manque" in said, "1 défaut dans le journal." in said) == (1, True, True)


def test_the_command_purges_and_first_says_what(home: Home) -> None:
    assert "2025-09 : à purger, 3 entrées." in types("purge", "--dry-run")[1]
    assert Entry.objects.count() == 12
    assert "2025-09 : purgé, 3 entrées." in types("purge")[1]
    assert Entry.objects.filter(segment="2025-09").count() == 0
    assert "Aucun mois à purger." in types("purge")[1]


def test_the_command_shows_who_read_a_company(home: Home) -> None:
    code, said = types("show", "--subject", "811111111", "--last", "2")
    assert (code, "11" in said, "12" in said) == (0, True, True)
    assert "crp@demo.example" not in types("show", "--account", "autre@demo.example")[1]
