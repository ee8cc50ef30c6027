"""The workbook of a list, read again: types, rights cell by cell, what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, MASKED, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import seen_statuts
from signaux_faibles.web.accompagnements.states import BoardColumn, Statut
from signaux_faibles.web.accounts.models import Account, Habilitation
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.lists import export
from signaux_faibles.web.request import today

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, DETECTION, CODEFI = "CRP de la zone", "détection sans Urssaf", "SP CODEFI"
DEBTS = (
    "Dette sociale",
    "Part salariale impayée",
    "Part salariale due depuis",
    "Dette, changement en 3 mois",
    "Délai de paiement Urssaf",
    "Délai en cours jusqu’au",
)


def book(client: Client, query: str = "", number: int = 2) -> Any:
    answer = client.get(f"/listes/{number}/export.xlsx?{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="liste-{number}-2026-10.xlsx"'
    return openpyxl.load_workbook(BytesIO(answer.getvalue()))  # type: ignore[attr-defined]


def rows(workbook: Any) -> dict[str, dict[str, Any]]:
    """The cells by title, by siren, in order."""
    titles, *lines = workbook.worksheets[0].iter_rows()
    names = [cell.value for cell in titles]
    return {line[0].value: dict(zip(names, line, strict=True)) for line in lines}


def parameters(workbook: Any) -> dict[str, str]:
    return dict(workbook["Paramètres"].iter_rows(values_only=True))


def at(*day: int) -> datetime:
    """A day as a workbook holds it."""
    return datetime.combine(date(*day), time())


def test_cells_have_the_type_of_what_they_hold(signed_in: SignedIn) -> None:
    row = rows(book(signed_in(CRP)))[ATELIERS.siren]
    values = {title: cell.value for title, cell in row.items()}
    assert values["Siren"] == ATELIERS.siren
    assert values["Siret du siège"] == f"{ATELIERS.siren}00010"
    assert (values["Dette sociale"], values["Part salariale impayée"], values["Effectif"]) == (52_340, 13_085, 48)
    assert values["Dette, changement en 3 mois"] == 7_851
    assert (values["Création"], values["Délai en cours jusqu’au"]) == (at(2004, 3, 12), at(2027, 3, 2))
    assert (values["Année de création"], row["Année de création"].number_format) == (2004, "0")
    assert values["Délai de paiement Urssaf"] == "oui"
    assert values["Part salariale due depuis"] == at(2025, 3, 1)
    assert (values["Niveau d’alerte"], values["Rang"], values["1ère alerte"]) == ("Alerte élevée", 1, "non")
    assert values["Effet : Dettes sociales"] == "Augmente fortement le risque"
    assert row["Dette sociale"].number_format == '#,##0 "€"', "two spaces in a million"


def test_it_holds_the_filtered_list_in_its_order(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert list(rows(book(crp))) == [ATELIERS.siren, CEVENOL.siren, ELEONORE.siren, MASKED.siren]
    assert list(rows(book(crp, "sort=headcount&level=moderee"))) == [MASKED.siren, ELEONORE.siren]
    assert rows(book(crp, "level=moderee"))[MASKED.siren]["Raison sociale"].value == "Non diffusible"


def test_the_second_sheet_says_what_was_asked_of_which_data_by_whom(signed_in: SignedIn) -> None:
    said = parameters(book(signed_in(CRP), "sort=-debt&level=elevee&departements=87&departements=30&headcount_min=20"))
    assert said["Données fictives"] == "Entreprises, montants et alertes sont inventés."
    assert said["Liste"] == "n° 2, Octobre 2026"
    assert said["Entreprises"] == "2 entreprises"
    assert said["Instantané"] == "2610-a, données arrêtées au 31 octobre 2026"
    assert said["Exporté par"] == "Camille, CRP, DREETS"
    assert said["Ordre"] == "Dette, ordre décroissant"
    assert said["Filtre : Lien avec ma zone"] == "Siège dans ma zone"
    assert said["Filtre : Niveau d’alerte"] == "Alerte élevée"
    assert said["Filtre : Départements"] == "87 – Haute-Vienne, 30 – Gard"
    assert said["Filtre : Effectif minimal"] == "20"


def test_the_second_sheet_says_what_the_list_leaves_out_by_default(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert "Masquées par défaut" not in parameters(book(crp))
    for siren, act in ((ATELIERS.siren, {"act": "DONE"}), (CEVENOL.siren, {"act": "ASIDE", "reason": "GROUP"})):
        crp.post("/listes/2/travail", {"siren": siren, f"version-{siren}": "0", **act})
    said = parameters(book(crp))
    assert (said["Entreprises"], said["Masquées par défaut"]) == ("2 entreprises", "2 traitées ou écartées")
    said = parameters(book(crp, "work=toutes&scope=implantation"))
    assert (said["Filtre : Lien avec ma zone"], said["Filtre : Travail"]) == ("Implantations dans ma zone", "Toutes")
    assert "Masquées par défaut" not in said


def test_cells_that_the_reader_may_not_read_say_so(signed_in: SignedIn) -> None:
    for row in rows(book(signed_in(DETECTION))).values():
        assert {title: row[title].value for title in DEBTS} == dict.fromkeys(DEBTS, "Confidentiel")
        assert row["Effet : Dettes sociales"].value == "Confidentiel"
        assert row["Niveau d’alerte"].value.startswith("Alerte")


@pytest.mark.parametrize(
    ("kind", "query", "status"),
    [
        ("Urssaf sans détection", "", 403),
        ("habilitations échues", "", 403),
        ("administrateur du produit", "", 403),
        (DETECTION, "debt_min=1", 302),
        (CRP, "departements=35", 302),
    ],
)
def test_what_may_not_be_read_is_not_exported(signed_in: SignedIn, kind: str, query: str, status: int) -> None:
    answer = signed_in(kind).get(f"/listes/2/export.xlsx?{query}")
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == f"/listes/2?{query}"


def test_an_agent_of_another_zone_exports_an_empty_list(signed_in: SignedIn) -> None:
    assert rows(book(signed_in("CRP d'une autre zone"))) == {}


FORMULAS = ("=1+1", "+CMD", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "https://example.org", "\t=1", "007")


def test_a_text_is_never_a_formula_nor_a_link(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    companies = [replace(ATELIERS, siren=f"{811111110 + n}", name=name, rank=n + 1) for n, name in enumerate(FORMULAS)]
    home = TinyHome(tmp_path, companies)
    home.publish("2610-a")
    home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    settings.SF_HOME = Home(tmp_path)
    cells = [row["Raison sociale"] for row in rows(book(signed_in(CRP))).values()]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(name, "s", None) for name in FORMULAS]


def test_a_text_is_never_markup(signed_in: SignedIn) -> None:
    """The library writes as it stands a text between its tags of rich text: the sheet would not open."""
    crp, note = signed_in(CRP), "<r>1 < 2</r>"
    crp.post(
        "/listes/2/travail", {"siren": ATELIERS.siren, f"version-{ATELIERS.siren}": "0", "act": "SEEN", "note": note}
    )
    assert rows(book(crp))[ATELIERS.siren]["Note"].value == f" {note}"


def test_the_banque_de_france_never_leaves(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    """Even for an agent who reads it: its reason is confidential in the file."""
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    folder = home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    reasons = pq.read_table(folder / "reasons.parquet")
    bdf = [{**row, "family": "bdf" if row["variable"] == "equity" else row["family"]} for row in reasons.to_pylist()]
    pq.write_table(pa.Table.from_pylist(bdf, schema=reasons.schema), folder / "reasons.parquet")
    settings.SF_HOME = Home(tmp_path)
    client = signed_in(CODEFI)
    account = Account.objects.get(email="codefi@demo.example")
    Habilitation.objects.create(account=account, family="bdf", until=date(2099, 1, 1))
    assert "35 %" in client.get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert rows(book(client))[ATELIERS.siren]["Effet : Santé financière"].value == "Confidentiel"


def test_it_says_why_an_alert_came_back(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    WorkEvent(
        siren=ATELIERS.siren, version=1, act="ASIDE_UNLESS_WORSE", reason="GROUP", list_number=1, snapshot="x", rank=9,
        level="moderee", in_procedure=False, by=Account.objects.get(email="crp@demo.example"),
    ).save()  # fmt: skip
    read = rows(book(crp))
    returned = "De retour : alerte passée de modérée à élevée."
    assert [read[one.siren]["Retour"].value for one in (ATELIERS, CEVENOL)] == [returned, None]


def test_a_long_list_is_confirmed_first(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MANY", 3)
    crp = signed_in(CRP)
    answer = crp.get("/listes/2/export.xlsx?sort=town")
    assert "Exporter 4 entreprises ?" in answer.content.decode()
    assert list(rows(book(crp, "sort=town&confirme=oui"))) == [
        ATELIERS.siren,
        ELEONORE.siren,
        MASKED.siren,
        CEVENOL.siren,
    ]
    assert list(rows(book(crp, "level=elevee"))) == [ATELIERS.siren, CEVENOL.siren], "fewer need no confirmation"


def test_it_says_which_companies_are_accompanied(signed_in: SignedIn, follow_up: FollowUp) -> None:
    """The department of the followed establishment decides who sees that it is."""
    found = rows(book(signed_in(CRP), "work=toutes"))
    assert found[follow_up.siren]["Accompagnement"].value == "Accompagnement en cours"
    assert {row["Accompagnement"].value for siren, row in found.items() if siren != follow_up.siren} == {
        "Aucun dans votre zone"
    }


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((BoardColumn.SUIVI_TERMINE, BoardColumn.SUIVI_EN_COURS), Statut.EN_COURS),
        ((BoardColumn.VEILLE, BoardColumn.SUIVI_TERMINE), Statut.SOUS_SURVEILLANCE),
        ((BoardColumn.SUIVI_TERMINE, BoardColumn.SUIVI_TERMINE), Statut.TERMINE),
    ],
)
def test_the_statut_that_matters_most_is_said(
    account: Callable[[str], Account], follow_up: FollowUp, columns: tuple[BoardColumn, BoardColumn], said: Statut
) -> None:
    for rank, column in enumerate(columns):
        row = {"siret": f"{follow_up.siren}0001{rank}", "siren": follow_up.siren, "departement": "87"}
        found, _ = FollowUp.objects.get_or_create(
            siret=row["siret"], defaults=row | {"name": "A", "opened_on": today(), "changed_at": follow_up.changed_at}
        )
        FollowUp.objects.filter(pk=found.pk).update(column=column.name, statut=column.statut.name)
    crp = account(CRP)
    assert seen_statuts([follow_up.siren], crp, crp.agent(), today()) == {follow_up.siren: said}
    outside = account("CRP d'une autre zone")
    assert seen_statuts([follow_up.siren], outside, outside.agent(), today()) == {}


def test_it_names_the_list_the_sector_and_the_last_accounts(signed_in: SignedIn) -> None:
    """What the application before this one exported (application §8.1), under our titles."""
    row = {title: cell.value for title, cell in rows(book(signed_in(CRP)))[ATELIERS.siren].items()}
    assert row["Liste de détection"] == "Octobre 2026 (n° 2)"
    assert row["Code du secteur"] == "C"
    assert {"Chiffre d’affaires", "Résultat net", "Capitaux propres", "Comptes clos le"} <= row.keys()
    assert row["Liste retraitée (200 par département)"] is None, "this list holds no order"


def test_a_mark_leaves_with_its_day_its_author_and_its_note(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    sent = {"siren": ATELIERS.siren, f"version-{ATELIERS.siren}": "0", "act": "SEEN", "note": "=rappeler lundi"}
    crp.post("/listes/2/travail", sent)
    read = rows(book(crp))
    titles = ("Dernier acte le", "Dernier acte par", "Note")
    day = today()
    expected = [at(day.year, day.month, day.day), "Camille (DREETS)", "=rappeler lundi"]
    assert [read[ATELIERS.siren][title].value for title in titles] == expected
    assert read[ATELIERS.siren]["Note"].data_type == "s"
    assert [read[CEVENOL.siren][title].value for title in titles] == [None] * 3
