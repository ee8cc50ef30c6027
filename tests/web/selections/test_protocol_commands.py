"""`sf protocol`: what an operator types, and what is then written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from typer.testing import CliRunner

from harness.agents import CODEFI
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.campagnes.models import LONGEST_PROTOCOL, DrawnCompany, Protocol

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    settings.SF_HOME = Home(tmp_path)
    (tmp_path / "protocole.txt").write_text("Effet d'un appel, à 18 mois.", encoding="utf-8")
    return tmp_path


def types(*words: str) -> tuple[int, str]:
    """The exit code of a command, and everything that it prints."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, " ".join(f"{done.output} {done.exception or ''}".split())


def opened(here: Path, title: str = "Un appel", file: str = "protocole.txt", by: str = "pilote") -> tuple[int, str]:
    return types("protocol", "open", "--title", title, "--text", str(here / file), "--by", by)


def test_a_protocol_is_declared_listed_and_closed(here: Path) -> None:
    assert opened(here)[0] == 0
    row = Protocol.objects.get()
    assert (row.title, row.text, row.declared_by) == ("Un appel", "Effet d'un appel, à 18 mois.", "pilote")
    assert "closez-le d'abord" in opened(here)[1]
    assert types("protocol", "close", str(row.pk))[0] == 0
    assert "n'est ouvert" in types("protocol", "close", str(row.pk))[1]
    assert "Un appel" in types("protocol", "list")[1]
    assert opened(here, "Un autre")[0] == 0


@pytest.mark.parametrize(
    ("title", "content", "by", "sentence"),
    [
        (" ", b"mesure", "pilote", "ne peuvent pas être vides"),
        ("Un appel", b"  ", "pilote", "ne peuvent pas être vides"),
        ("Un appel", b"mesure", " ", "ne peuvent pas être vides"),
        ("Un appel", b"x" * (LONGEST_PROTOCOL + 1), "pilote", "trop long"),
        ("x" * 201, b"mesure", "pilote", "trop long"),
        ("Un appel", b"\xff\xfe\x00", "pilote", "ne se lit pas"),
    ],
)
def test_a_protocol_that_cannot_be_declared_says_why(
    here: Path, title: str, content: bytes, by: str, sentence: str
) -> None:
    (here / "autre.txt").write_bytes(content)
    code, printed = opened(here, title, "autre.txt", by)
    assert code != 0
    assert sentence in printed
    assert not Protocol.objects.exists()


def test_what_was_drawn_is_exported_called_or_not(
    here: Path, browser: Callable[[str], Client], shared_home: Home, settings: Settings
) -> None:
    opened(here)
    settings.SF_HOME = shared_home
    asked = {"departement": "87", "title": "Appels", "capacity": "1", "drawn": "on"}
    browser(CODEFI).post("/listes/2/campagne", asked)
    settings.SF_HOME = Home(here)
    assert types("protocol", "export", str(Protocol.objects.get().pk), str(here / "tirage.csv"))[0] == 0
    with (here / "tirage.csv").open(encoding="utf-8") as written:
        rows = list(csv.DictReader(written, delimiter=";"))
    assert len(rows) == DrawnCompany.objects.count() > 1
    assert [row["appelee"] for row in rows] == ["1", *["0"] * (len(rows) - 1)]
    assert {row["departement"] for row in rows} == {"87"}
