"""The « liste retraitée »: within a capacity, in one of two frozen orders, by the rights that each needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_capacity import Ordered, write_capacity
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.journal.models import Entry

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, CODEFI, DETECTION = "CRP de la zone", "SP CODEFI", "détection sans Urssaf"
ORDERED: dict[str, Ordered] = {
    ATELIERS.siren: ("87", None, 3, 4, 2, 2),
    CEVENOL.siren: ("30", None, 1, 5, 1, 3),
    BRETONNE.siren: ("35", None, 1, 1, 1, 1),
    ELEONORE.siren: ("87", None, 1, 2, 1, 4),
    MASKED.siren: ("87", "recente", None, None, None, None),
}


@pytest.fixture(autouse=True)
def ordered_list(settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    folder = home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    write_capacity(folder, ORDERED)
    settings.SF_HOME = Home(tmp_path)


def shown(page: str) -> list[str]:
    return re.findall(r'<tr id="e-(\d+)"', page)


A, C, E = ATELIERS.siren, CEVENOL.siren, ELEONORE.siren
ASKED = {
    "the default of each department": ("capacity_order=emplois", [A, C, E]),
    "one per department": ("capacity_order=emplois&capacity=1", [C, E]),
    "two in all the zone": ("capacity_order=emplois&capacity=2&capacity_overall=on", [A, C]),
    "the order of the DGFiP": ("capacity_order=dgfip", [E, A, C]),
    "two by the order of the DGFiP": ("capacity_order=dgfip&capacity=2&capacity_overall=on", [E, A]),
    "with another filter": ("capacity_order=emplois&level=moderee", [E]),
    "a capacity is cut before other filters": ("capacity_order=emplois&capacity=1&departements=87&level=elevee", []),
    "sorted by a column": ("capacity_order=emplois&capacity=1&sort=headcount", [E, C]),
}


@pytest.mark.parametrize(("query", "companies"), ASKED.values(), ids=ASKED)
def test_a_capacity_keeps_the_first_to_call(signed_in: SignedIn, query: str, companies: list[str]) -> None:
    """Whoever is not eligible is not there, nor the companies of other zones."""
    assert shown(signed_in(CODEFI).get(f"/listes/2?{query}").content.decode()) == companies


def test_the_list_offers_the_orders_that_the_agent_may_read(signed_in: SignedIn) -> None:
    offered = {kind: signed_in(kind).get("/listes/2").content.decode() for kind in (CODEFI, CRP, DETECTION)}
    links = {kind: re.findall(r"\?capacity_order=(\w+)", page) for kind, page in offered.items()}
    assert links == {CODEFI: ["emplois", "dgfip"], CRP: ["emplois"], DETECTION: []}


@pytest.mark.parametrize(
    ("kind", "order", "allowed"),
    [
        (CODEFI, "dgfip", True),
        (CRP, "emplois", True),
        (CRP, "dgfip", False),
        (DETECTION, "emplois", False),
        (DETECTION, "dgfip", False),
    ],
)
def test_an_order_needs_the_families_that_it_gives_away(
    signed_in: SignedIn, kind: str, order: str, allowed: bool
) -> None:
    """To be ranked says that no plan is in progress; to be first for the DGFiP, that accounts explain the alert."""
    page = signed_in(kind).get(f"/listes/2?capacity_order={order}").content.decode()
    assert bool(shown(page)) is allowed
    assert ("Cet ordre lit des données qui vous sont confidentielles." in page) is not allowed
    answer = signed_in(kind).get(f"/listes/2/export.xlsx?capacity_order={order}")
    assert answer.status_code == (200 if allowed else 302)
    answer.close()


def test_the_filter_of_a_capacity_says_the_order_of_the_page_once(signed_in: SignedIn) -> None:
    page = signed_in(CODEFI).get("/listes/2?capacity_order=dgfip").content.decode()
    assert "Filtres : Liste retraitée : Ordre de la DGFiP" in page
    assert "Ordre : " not in page


def test_the_workbook_has_its_companies_in_order_and_its_parameters(signed_in: SignedIn) -> None:
    answer = signed_in(CODEFI).get("/listes/2/export.xlsx?capacity_order=dgfip&capacity=2&capacity_overall=on")
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))  # type: ignore[attr-defined]
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == [E, A]
    said = dict(book["Paramètres"].iter_rows(values_only=True))
    assert said["Ordre"] == "Ordre de la DGFiP : ratios dégradés, puis modérées, puis élevées"
    assert said["Filtre : Liste retraitée"].startswith("Ordre de la DGFiP")
    assert said["Filtre : Ce nombre est pour toute ma zone"] == "oui"


def test_the_workbook_says_which_companies_the_capacity_keeps_to_whom_may_know(signed_in: SignedIn) -> None:
    said = {}
    for kind in (CRP, DETECTION):
        answer = signed_in(kind).get("/listes/2/export.xlsx")
        rows = openpyxl.load_workbook(BytesIO(answer.getvalue())).worksheets[0].iter_rows(values_only=True)  # type: ignore[attr-defined]
        titles = next(rows)
        said[kind] = {row[0]: row[titles.index("Liste retraitée (200 par département)")] for row in rows}
    assert said[CRP] == {A: "oui", C: "oui", E: "oui", MASKED.siren: "non"}
    assert set(said[DETECTION].values()) == {"Confidentiel"}


def test_what_was_shown_is_an_exposure_as_on_any_list(signed_in: SignedIn) -> None:
    signed_in(CODEFI).get("/listes/2?capacity_order=emplois&capacity=1")
    entry = Entry.objects.filter(kind="READING").last()
    assert entry is not None
    assert (C in entry.detail, E in entry.detail, A in entry.detail) == (True, True, False)


def test_a_list_without_these_orders_offers_none_and_applies_none(
    signed_in: SignedIn, settings: Settings, shared_home: Home
) -> None:
    settings.SF_HOME = shared_home
    page = signed_in(CODEFI).get("/listes/2?capacity_order=emplois").content.decode()
    assert len(shown(page)) == 4
    assert "first_alert=on" in page, "the filters that make it by hand are still offered"
