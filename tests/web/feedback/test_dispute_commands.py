"""`sf dispute` and `sf unlocks`: what an operator types, and what is then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from harness.tiny_home import ATELIERS, BRETONNE
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer
from signaux_faibles.web.feedback.opinions import dispute
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.rights.unlocks import MOST_UNLOCKS, Motive
from signaux_faibles.web.unlocking.unlock import unlock

pytestmark = pytest.mark.django_db
CRP = "CRP de la zone"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    settings.SF_HOME = Home(tmp_path)


def types(*words: str) -> tuple[int, str]:
    """The exit code of a command, and everything that it prints."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, " ".join(done.output.split())


@pytest.fixture
def row(account: Callable[[str], Account]) -> Dispute:
    return dispute(account(CRP), ATELIERS.siren, "", Subject.DETTES, "soldée", "2610-a")


def test_what_waits_is_listed_and_counted_by_source_until_it_is_answered(row: Dispute) -> None:
    code, printed = types("dispute", "list")
    assert (code, "soldée" in printed, "Urssaf : 1 signalement." in printed) == (0, True, True)
    assert types("dispute", "answer", str(row.pk), "--by", "Urssaf", "--text", "corrigé")[0] == 0
    assert DisputeAnswer.objects.get().text == "corrigé"
    assert "soldée" not in types("dispute", "list")[1]


REFUSED = {
    "unknown": (("999999", "--by", "a", "--text", "b"), "Aucun signalement n° 999999."),
    "without words": (("{}", "--by", "a", "--text", " "), "ne peuvent pas être vides"),
    "too long": (("{}", "--by", "a", "--text", "x" * 2_001), "2001 signes"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED)
def test_an_answer_that_cannot_be_written_says_why(row: Dispute, words: tuple[str, ...], sentence: str) -> None:
    code, printed = types("dispute", "answer", *(word.format(row.pk) for word in words))
    assert (code != 0, sentence in printed) == (True, True)
    assert not DisputeAnswer.objects.exists()


def test_a_second_answer_is_refused(row: Dispute) -> None:
    types("dispute", "answer", str(row.pk), "--by", "Urssaf", "--text", "corrigé")
    code, printed = types("dispute", "answer", str(row.pk), "--by", "Urssaf", "--text", "encore")
    assert (code != 0, "a déjà sa réponse" in printed) == (True, True)


def test_unlocks_are_listed_with_their_motive_and_those_to_look_at(account: Callable[[str], Account]) -> None:
    crp = account(CRP)
    unlock(crp, BRETONNE.siren, Motive.OTHER, "aide")
    assert "Autre : aide" in types("unlocks")[1]
    assert "en 7 jours" not in types("unlocks")[1]
    for n in range(MOST_UNLOCKS):
        unlock(crp, f"{800_000_000 + n}", Motive.NATIONAL, "")
    assert "21 en 7 jours" in types("unlocks")[1]
