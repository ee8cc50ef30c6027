"""The workbook of follow-ups, read again: what each agent may take away, and nothing confidential."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Actor, edit
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.texts import write_synthesis
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.agent import Network

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


def book(client: Client, query: str = "") -> Any:
    answer = client.get(f"/accompagnements/export.xlsx?{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.getvalue()))  # type: ignore[attr-defined]


def rows(workbook: Any) -> list[dict[str, Any]]:
    titles, *lines = workbook.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


@pytest.fixture
def written(actor: Callable[[str], Actor], follow_up: FollowUp) -> FollowUp:
    """With labels, an amicable procedure, and syntheses of two networks, one of which names it."""
    codefi = actor(CODEFI)
    choices = {
        "ETIQUETTE": ["Sensible"],
        "DISPOSITIF": {"CCSF": "ACTIVE"},
        "AMIABLE": {"kind": "MANDAT", "since": None},
    }
    edit(codefi, follow_up, choices, 1)
    write_synthesis(codefi, follow_up, Network.CODEFI, "=2+2 partagée", amicable=False, start=None)
    write_synthesis(codefi, follow_up, Network.DGFIP, "Interne au fisc", amicable=False, start=None)
    start = follow_up.syntheses.get(network="DGFIP").pk
    write_synthesis(codefi, follow_up, Network.DGFIP, "Le mandat ad hoc", amicable=True, start=start)
    return follow_up


def test_a_contributor_takes_what_they_read_but_nothing_amicable(browser: Browser, written: FollowUp) -> None:
    workbook = book(browser(CODEFI))
    (row,) = rows(workbook)
    assert (row["Raison sociale"], row["Siret"], row["Statut"]) == (ATELIERS.name, SIRET, "En cours")
    assert (row["Dispositifs"], row["Étiquettes"]) == ("CCSF (activé)", "Sensible")
    assert row["Synthèse CODEFI"] == "=2+2 partagée", "a text, never a formula"
    assert row["Synthèse de mon réseau"] == "Interne au fisc", "the version that names it stays inside"
    assert isinstance(row["Ouvert le"], datetime)
    everything = [str(cell) for sheet in workbook for line in sheet.iter_rows(values_only=True) for cell in line]
    assert not [cell for cell in everything if "mandat ad hoc" in cell.lower()]
    assert "Données fictives" in everything


@pytest.mark.parametrize(("kind", "labels", "own"), [(CRP, "Sensible", None), (URSSAF, None, None)])
def test_an_agent_of_the_zone_takes_the_texts_of_their_networks(
    browser: Browser, written: FollowUp, kind: str, labels: str | None, own: str | None
) -> None:
    (row,) = rows(book(browser(kind)))
    assert (row["Étiquettes"], row["Synthèse de mon réseau"]) == (labels, own)
    assert row["Synthèse CODEFI"] == "=2+2 partagée"


def test_out_of_the_zone_the_workbook_is_empty(browser: Browser, written: FollowUp) -> None:
    assert rows(book(browser(OUTSIDE))) == []
    assert browser(PRODUCT).get("/accompagnements/export.xlsx").status_code == 403


def test_filters_are_those_of_the_page_and_are_said(browser: Browser, written: FollowUp) -> None:
    assert rows(book(browser(CODEFI), "statut=TERMINE")) == []
    said = dict(book(browser(CODEFI), "statut=EN_COURS&text=ateliers").worksheets[1].iter_rows(values_only=True))
    assert (said["Filtre : Statut"], said["Filtre : Nom, siren ou siret"]) == ("En cours", "ateliers")
    assert said["Accompagnements"] == "1 accompagnement"
    refused = browser(CODEFI).get("/accompagnements/export.xlsx?departement=35")
    assert refused.headers["Location"] == "/accompagnements?departement=35"


def test_an_export_is_journalled_before_it_leaves(browser: Browser, written: FollowUp) -> None:
    book(browser(CODEFI))
    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.subject, entry.account) == ("EXPORT", "accompagnements", "codefi@demo.example")
