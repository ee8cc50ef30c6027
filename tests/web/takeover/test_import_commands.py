"""`sf import`: a preview that writes nothing, then the writing, its report, its refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from harness.agents import CODEFI, CRP, SIRET, URSSAF
from harness.former_exports import TRACKING, board, card, tables, write_board, write_tables
from harness.tiny_home import ATELIERS
from signaux_faibles.cli.app import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.campagnes.models import CampagneAct
from signaux_faibles.web.feedback.models import Vote
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.seances.models import Decision

pytestmark = pytest.mark.django_db
Sessions = Callable[[str], Client]


@pytest.fixture(autouse=True)
def home(shared_home: Home, monkeypatch: pytest.MonkeyPatch, account: Callable[[str], Account]) -> None:
    monkeypatch.setenv("SF_HOME", str(shared_home.root))
    for kind in (CODEFI, CRP, URSSAF):
        account(kind)


def types(*words: object) -> tuple[int, str]:
    """The exit code of a command, and everything that it prints."""
    done = CliRunner().invoke(app, ["import", *map(str, words)])
    return done.exit_code, " ".join(done.output.split())


def test_a_preview_counts_and_writes_nothing_then_the_import_writes(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, tables(TRACKING, TRACKING | {"id": 8, "establishment_siret": "[bold]"}))
    code, printed = types("follow-ups", folder)
    assert (code, FollowUp.objects.count()) == (0, 0)
    assert "1 accompagnement à reprendre. 1 remarque :" in printed
    assert "« [bold] » n'est pas un siret." in printed
    assert "Rien n'est écrit : relancez avec --apply." in printed
    report = tmp_path / "report.csv"
    code, printed = types("follow-ups", folder, "--apply", "--report", report)
    assert "1 accompagnement repris." in printed
    assert (code, FollowUp.objects.count()) == (0, 1)
    assert "« [bold] » n'est pas un siret." in report.read_text(encoding="utf-8-sig")
    code, printed = types("follow-ups", folder, "--apply")
    assert "0 accompagnement repris. 1 déjà repris." in printed
    assert FollowUp.objects.count() == 1
    written = Entry.objects.filter(kind="IMPORT").order_by("sequence")
    assert [json.loads(one.detail)["taken"] for one in written] == [1, 0], "a preview is not in the journal"


def test_boards_are_taken_over_together(tmp_path: Path) -> None:
    first = write_board(tmp_path / "a.json", board(card()))
    second = write_board(tmp_path / "b.json", board(card(_id="other", siret="82222222200010"), title="Bac"))
    assert types("wekan", first, second)[0] == 1
    code, printed = types("wekan", first, second, "--network", "CODEFI", "--apply")
    assert (code, "2 accompagnements repris." in printed) == (0, True)


def test_accounts_are_opened(tmp_path: Path) -> None:
    file = tmp_path / "users.csv"
    file.write_text("email;first_name;last_name;segment_name;geo_access;entity\nn@x.fr;N;M;crp;35;DREETS\n")
    assert "1 compte à reprendre" in types("accounts", file)[1]
    assert not Account.objects.filter(email="n@x.fr").exists()
    assert "1 compte repris" in types("accounts", file, "--apply")[1]
    assert Account.objects.get(email="n@x.fr").demo, "what is published is invented"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("follow-ups", "absent"), "n'est pas un dossier"),
        (("wekan", "absent.json"), "ce n'est pas un fichier JSON lisible"),
        (("accounts", "absent.csv"), "fichier illisible"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, words: tuple[str, str], said: str) -> None:
    code, printed = types(words[0], tmp_path / words[1], "--apply")
    assert (code, said in printed, "Traceback" in printed) == (1, True, False)


def test_a_stand_in_without_an_account_is_refused(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, tables())
    code, printed = types("follow-ups", folder, "--for-unknown", "personne@x.fr")
    assert (code, "Aucun compte pour « personne@x.fr »" in printed) == (1, True)


def test_the_page_of_a_follow_up_says_what_was_taken_over(tmp_path: Path, signed_in: Sessions) -> None:
    types("follow-ups", write_tables(tmp_path, tables()), "--apply")
    page = signed_in(CODEFI).get(f"/accompagnements/{FollowUp.objects.get().pk}/historique").content.decode()
    assert "a ouvert l’accompagnement, repris de l’application précédente" in page
    assert "4 mars 2025" in page or "04/03/2025" in page


VOTE = {
    "id": 1,
    "siren": ATELIERS.siren,
    "list_name": "Octobre 2026",
    "user_email": "crp@demo.example",
    "useful": "t",
    "created_at": "2026-10-12",
}
CAMPAGNE = (
    f"departement;ouverte_le;siret;date;resultat;agent\n87;01/03/2026;{SIRET};12/03/2026;Refus;crp@demo.example\n"
)
SEANCE = f"departement;date;siret;decision;auteur\n87;12/03/2026;{SIRET};Classer;codefi@demo.example\n"


def test_votes_seances_and_campagnes_are_previewed_written_once_and_journalled(tmp_path: Path) -> None:
    folder = write_tables(tmp_path / "tables", {"company_list_ratings": [VOTE]})
    file, calls = tmp_path / "seances.csv", tmp_path / "campagnes.csv"
    file.write_text(SEANCE, encoding="utf-8")
    calls.write_text(CAMPAGNE, encoding="utf-8")
    for words, preview, written, again in (
        (("votes", folder), "1 avis à reprendre.", "1 avis repris.", "0 avis repris. 1 déjà repris."),
        (("seances", file), "1 séance à reprendre.", "1 séance reprise.", "0 séance reprise. 1 déjà reprise."),
        (("campagnes", calls), "1 campagne à reprendre.", "1 campagne reprise.", "0 campagne reprise. 1 déjà reprise."),
    ):
        assert preview in types(*words)[1]
        assert written in types(*words, "--apply")[1]
        assert again in types(*words, "--apply")[1]
        code, printed = types(words[0], tmp_path / "absent", "--apply")
        assert (code, "Traceback" in printed) == (1, False)
    assert (Vote.objects.count(), Decision.objects.count(), CampagneAct.objects.count()) == (1, 1, 2)
    assert Entry.objects.filter(kind="IMPORT").count() == 6, "a preview is not in the journal"
