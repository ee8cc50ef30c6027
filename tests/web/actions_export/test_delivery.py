"""The delivery of what agents did: the rows that its contracts read, and nothing that must not leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from harness.agents import CODEFI, CRP, PLACE, SIRET, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.detection.levels import Level
from signaux_faibles.sources.discovery import FICTITIOUS_MARK, discover
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.web.accompagnements.acts import Actor, CardPlace, edit, move, name_people, open_on
from signaux_faibles.web.accompagnements.contacts import note_touch
from signaux_faibles.web.accompagnements.models import Reference
from signaux_faibles.web.accompagnements.states import BoardColumn, Channel, Outcome
from signaux_faibles.web.accompagnements.texts import comment
from signaux_faibles.web.actions_export.delivery import FILES, MANIFEST, MixedFolder, deliver
from signaux_faibles.web.actions_export.people import pseudonym
from signaux_faibles.web.campagnes.running import open_campagne
from signaux_faibles.web.campagnes.standing import ActKind, ContactOutcome
from signaux_faibles.web.campagnes.taking import CallReport, answer, take
from signaux_faibles.web.feedback.opinions import vote
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.journal.models import Entry, Exposure
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Network

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SECRET = "la phrase que nul ne doit lire"
ActorOf = Callable[[str], Actor]


def read(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a file as its contract reads them; a reject fails."""
    reader = FileReader(folder / CONTRACTS[name].files.exact[0], CONTRACTS[name])
    rows: list[dict[str, object]] = []
    for chunk in reader.chunks():
        assert [one.reason for one in chunk.rejects] == []
        rows += chunk.rows.to_pylist()
    return rows


def short(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(row["nature"], row["libelle"], row["etat"], row["administrations_referents"]) for row in rows]


@pytest.fixture
def carried(actor: ActorOf) -> None:
    """A follow-up from a list, whose life says everything that is delivered."""
    codefi, urssaf = actor(CODEFI), actor(URSSAF)
    Reference(kind="DISPOSITIF", label="Appui du mandat ad hoc", position=99).save()
    choices = {
        "ACTION": ["Mobilisation audit CODEFI"],
        "DISPOSITIF": {"CCSF": "PROPOSE", "Appui du mandat ad hoc": "PROPOSE", SECRET: "PROPOSE"},
        "AMIABLE": {"kind": "Conciliation", "note": SECRET},
    }
    row = open_on(codefi, PLACE, choices, {}, {"list": 3, "level": "haute"})
    people = {"referents": [codefi.account.pk, urssaf.account.pk], "participants": []}
    name_people(codefi, row, people, row.version)
    row.refresh_from_db()
    edit(codefi, row, {"DISPOSITIF": {"CCSF": "ACTIVE"}, "REDIRECTION": ["APESA"], "ACTION": []}, row.version)
    row.refresh_from_db()
    comment(codefi, row, Network.CODEFI, SECRET)
    move(codefi, row, CardPlace(BoardColumn.SUIVI_EN_COURS, None, row.version))
    row.refresh_from_db()
    move(codefi, row, CardPlace(BoardColumn.SUIVI_TERMINE, None, row.version), Outcome.ORIENTEE)


def test_a_follow_up_is_its_steps_in_their_order(carried: None, tmp_path: Path) -> None:
    deliver(tmp_path, fictitious=True, now=NOW)
    rows = read(tmp_path, "interventions")
    assert short(rows) == [
        ("OUVERTURE", None, "EN_COURS", "DGFIP"),
        ("DISPOSITIF", "CCSF", "PROPOSE", "DGFIP"),
        ("ACTION", "Mobilisation audit CODEFI", "AJOUT", "DGFIP"),
        ("REFERENTS", None, None, "DGFIP URSSAF"),
        ("DISPOSITIF", "CCSF", "ACTIVE", "DGFIP URSSAF"),
        ("ACTION", "Mobilisation audit CODEFI", "RETRAIT", "DGFIP URSSAF"),
        ("REORIENTATION", "APESA", "AJOUT", "DGFIP URSSAF"),
        ("CLOTURE", None, "ORIENTEE", "DGFIP URSSAF"),
    ]
    assert {(row["siret"], row["siren"], row["liste"], row["importe"]) for row in rows} == {
        (SIRET, ATELIERS.siren, 3, False)
    }
    assert {row["date_connue"] for row in rows} == {today()}


def test_a_move_to_veille_is_a_change_of_statut(actor: ActorOf, tmp_path: Path) -> None:
    crp = actor(CRP)
    row = open_on(crp, PLACE, {}, {}, {})
    move(crp, row, CardPlace(BoardColumn.VEILLE, None, row.version))
    deliver(tmp_path, fictitious=True, now=NOW)
    assert short(read(tmp_path, "interventions"))[1:] == [("STATUT", None, "SOUS_SURVEILLANCE", "DREETS")]


def test_no_text_no_name_and_no_amicable_procedure_leaves(carried: None, actor: ActorOf, tmp_path: Path) -> None:
    note_touch(actor(URSSAF), PLACE, on=today(), channel=Channel.PHONE, subject=SECRET)
    vote(actor(CRP).account, ATELIERS.siren, 1, useful=False, reasons=[UselessReason.GROUP], text=SECRET)
    deliver(tmp_path, fictitious=True, now=NOW)
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir()).lower()
    for kind in (CODEFI, CRP, URSSAF):
        assert actor(kind).account.email not in written
        assert actor(kind).account.name.lower() not in written
    for word in (SECRET, "ad hoc", "conciliation", "amiable"):
        assert word not in written


def test_a_contact_is_its_day_its_means_and_its_administration(actor: ActorOf, tmp_path: Path) -> None:
    note_touch(actor(URSSAF), PLACE, on=date(2026, 11, 2), channel=Channel.LETTER, subject="x")
    deliver(tmp_path, fictitious=True, now=NOW)
    (row,) = read(tmp_path, "interventions")
    assert (row["nature"], row["libelle"], row["date_fait"]) == ("CONTACT", "LETTER", date(2026, 11, 2))
    assert (row["administration"], row["date_connue"]) == ("URSSAF", today())


def test_a_campagne_says_who_took_what_and_what_it_gave(actor: ActorOf, tmp_path: Path) -> None:
    codefi = actor(CODEFI)
    campagne = open_campagne(codefi, "87", SECRET, [SIRET])
    company = campagne.companies.get()
    until = date(2099, 1, 2)
    for said in (
        CallReport(ActKind.POSTPONE, until=until, note=SECRET),
        CallReport(ActKind.OUTCOME, ContactOutcome.REFUS),
    ):
        take(codefi, campagne.pk, company.pk)
        answer(codefi, campagne.pk, company.pk, said)
    deliver(tmp_path, fictitious=True, now=NOW)
    rows = [row for row in read(tmp_path, "interventions") if row["nature"] == "CAMPAGNE"]
    assert [(row["etat"], row["date_report"]) for row in rows] == [
        ("PRISE", None),
        ("REPORTEE", until),
        ("PRISE", None),
        ("REFUS", None),
    ]
    assert {row["libelle"] for row in rows} == {str(campagne.pk)}


def test_exposures_and_votes_name_the_same_agent_by_the_same_pseudonym(actor: ActorOf, tmp_path: Path) -> None:
    account = actor(CRP).account
    shown = {"list_number": 1, "siren": ATELIERS.siren, "rank": 4, "level": Level.HIGH.value, "snapshot": "2611-a"}
    Exposure(account=account.email, **shown).save()
    Exposure(account="parti@demo.example", **shown).save()
    vote(account, ATELIERS.siren, 1, useful=True, reasons=[], text="")
    vote(account, ATELIERS.siren, 1, useful=False, reasons=[UselessReason.KNOWN, UselessReason.DATA], text="")
    deliver(tmp_path, fictitious=True, now=NOW)
    ours, gone = read(tmp_path, "expositions")
    assert (ours["rang"], ours["niveau"], ours["instantane"]) == (4, Level.HIGH.value, "2611-a")
    assert (ours["administration"], gone["administration"]) == ("DREETS", None)
    assert gone["agent"] != ours["agent"] == pseudonym(account.email.upper())
    votes = [(row["agent"], row["utile"], row["motifs"], row["est_dernier"]) for row in read(tmp_path, "votes")]
    assert votes == [(ours["agent"], True, None, False), (ours["agent"], False, "DATA KNOWN", True)]


def test_the_same_database_gives_the_same_bytes_and_a_manifest(carried: None, tmp_path: Path) -> None:
    deliver(tmp_path / "a", fictitious=True, now=NOW)
    written = deliver(tmp_path / "b", fictitious=True, now=NOW)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    manifest = json.loads((tmp_path / "a" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["fictitious"] is True
    assert {name: one["rows"] for name, one in manifest["files"].items()} == {
        one.path.name: one.rows for one in written
    }


def test_a_folder_of_a_batch_finds_each_file_by_its_contract(tmp_path: Path) -> None:
    deliver(tmp_path, fictitious=True, now=NOW)
    found = discover(tmp_path)
    assert found.fictitious
    assert set(found.files) == {contract.name for contract, _ in FILES}
    assert found.sentences == [
        f"{MANIFEST} : fichier laissé de côté, manifeste de sf export-actions, qu'aucune table ne lit."
    ]


@pytest.mark.parametrize("fictitious", [True, False])
def test_invented_and_real_deliveries_are_never_in_one_folder(tmp_path: Path, fictitious: bool) -> None:
    (tmp_path / "sigfaible_debits.csv").touch()
    if not fictitious:
        (tmp_path / FICTITIOUS_MARK).touch()
    with pytest.raises(MixedFolder, match="ne se mélangent jamais"):
        deliver(tmp_path, fictitious=fictitious, now=NOW)
    assert not (tmp_path / MANIFEST).exists()


def test_the_export_is_in_the_journal(tmp_path: Path) -> None:
    deliver(tmp_path, fictitious=True, now=NOW)
    entry = Entry.objects.get(subject="actions des agents")
    assert (entry.kind, entry.families) == ("EXPORT", "detection")
