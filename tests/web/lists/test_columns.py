"""Columns, sorts and filters of a list on its page, by kind of agent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, MASKED, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.comparables import last_accounts_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.pinning import shelf

MONTH = date(2026, 10, 1)
SignedIn = Callable[[str], Client]
CRP, DETECTION = "CRP de la zone", "détection sans Urssaf"
NAMES = {one.siren: one for one in (ATELIERS, CEVENOL, ELEONORE, MASKED)}


def read(client: Client, query: str = "") -> str:
    return client.get(f"/listes?{query}").content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def order(page: str) -> list[str]:
    """The sirens of the rows, in order."""
    return re.findall(r'<tr id="e-(\d+)">', page)


def cells(page: str, siren: str) -> dict[str, str]:
    """The cells of a row, in words, by their label."""
    row = page[page.index(f'<tr id="e-{siren}">') :]
    found = re.findall(r'<td[^>]*data-label="([^"]+)"><div[^>]*>(.*?)</div></td>', row[: row.index("</tr>")], re.DOTALL)
    return {label: " ".join(re.sub(r"<[^>]+>", " ", value).split()) for label, value in found}


def test_a_row_says_what_is_owed_since_when_and_how_it_grew(signed_in: SignedIn) -> None:
    row = cells(read(signed_in(CRP)), ATELIERS.siren)
    assert row["Motif"].startswith("52 k€, part salariale depuis mars 2025, +8 k€ en 3 mois")
    shown = {"Dette": "52 340 €", "Dette en 3 mois": "+7 851 €", "Effectif": "48 août 2026", "Commune": "Limoges"}
    assert shown.items() <= row.items()
    assert row["En alerte depuis"] == "avril 2026"


def test_the_address_chooses_the_columns(signed_in: SignedIn) -> None:
    row = cells(read(signed_in(CRP), "columns=plan&columns=previous&columns=nothing"), ATELIERS.siren)
    assert list(row) == ["Cocher", "Niveau", "Travail", "Motif", "Niveau précédent", "Délai en cours jusqu’au"]
    assert (row["Niveau précédent"], row["Délai en cours jusqu’au"]) == ("Alerte élevée", "2 mars 2027")


SORTS = {
    "sort=-debt": [ATELIERS, CEVENOL, ELEONORE, MASKED],
    "sort=debt": [ELEONORE, MASKED, CEVENOL, ATELIERS],
    "sort=-headcount": [CEVENOL, ATELIERS, ELEONORE, MASKED],
    "sort=town": [ATELIERS, ELEONORE, MASKED, CEVENOL],
    "sort=-plan": [ATELIERS, CEVENOL, ELEONORE, MASKED],
}


@pytest.mark.parametrize(("query", "companies"), SORTS.items(), ids=SORTS)
def test_a_list_is_sorted_by_a_column(signed_in: SignedIn, query: str, companies: list[object]) -> None:
    assert [NAMES[siren] for siren in order(read(signed_in(CRP), query))] == companies


@pytest.mark.parametrize("sort", ["sort=-debt", "sort=change", "sort=employee", "sort=-plan"])
def test_without_the_habilitation_a_sort_is_refused_in_a_sentence(signed_in: SignedIn, sort: str) -> None:
    page = read(signed_in(DETECTION), f"{sort}&columns=debt&columns=plan")
    assert "Le tri n’est pas appliqué." in page
    assert "vous est confidentiel : la liste n’est pas triée ainsi." in page
    assert order(page) == [ATELIERS.siren, CEVENOL.siren, ELEONORE.siren, MASKED.siren]
    row = cells(page, ATELIERS.siren)
    assert (row["Dette"], row["Délai en cours jusqu’au"]) == ("Confidentiel", "Confidentiel")
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert re.findall(r"sort=-?(debt|plan)", head) == []


@pytest.mark.parametrize("query", ["debt_min=1000", "debt_min=0", "no_plan=on"])
def test_without_the_habilitation_a_filter_on_debts_is_refused_whatever_it_asks(
    signed_in: SignedIn, query: str
) -> None:
    page = read(signed_in(DETECTION), query)
    assert (order(page), "Un filtre est refusé" in page) == ([], True)
    assert "Ce filtre lit les dettes, qui vous sont confidentielles." in page


@pytest.mark.parametrize("name", ["debt_min", "no_plan"])
def test_the_filters_on_debts_are_offered_to_whom_may_read_them(signed_in: SignedIn, name: str) -> None:
    offered = [f'name="{name}"' in read(signed_in(kind)) for kind in (CRP, DETECTION)]
    assert offered == [True, False]


FILTERED = {
    "debt_min=7000": [ATELIERS, CEVENOL],
    "no_plan=on": [CEVENOL, ELEONORE, MASKED],
    "section=H&section=G": [CEVENOL, MASKED],
    "procedure=a_lire": [ELEONORE],
    "level=elevee&departements=87": [ATELIERS],
    "not_recent=on": [ATELIERS, CEVENOL, ELEONORE, MASKED],
}


@pytest.mark.parametrize(("query", "companies"), FILTERED.items(), ids=FILTERED)
def test_a_list_is_filtered(signed_in: SignedIn, query: str, companies: list[object]) -> None:
    assert [NAMES[siren] for siren in order(read(signed_in(CRP), query))] == companies


def test_the_capacity_filter_is_offered_to_whoever_may_apply_it(signed_in: SignedIn) -> None:
    address = "/listes?first_alert=on&amp;procedure=aucune&amp;no_plan=on&amp;not_recent=on"
    assert [address in read(signed_in(kind)) for kind in (CRP, DETECTION)] == [True, False]
    assert order(read(signed_in(CRP), "first_alert=on&no_plan=on&not_recent=on")) == [ELEONORE.siren]


def test_each_choice_has_its_count_and_a_fragment_brings_the_new_ones(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    page = read(client, "level=elevee")
    counts = dict(re.findall(r'<span id="compte-(departements-\d+)">(\d+)</span>', page))
    assert list(counts.values()) == ["1", "1"]
    fragment = client.get("/listes?level=moderee", headers={"HX-Request": "true"}).content.decode()
    again = dict(re.findall(r'<span id="compte-(departements-\d+)" hx-swap-oob="innerHTML">(\d+)</span>', fragment))
    assert (again.keys(), list(again.values())) == (counts.keys(), ["0", "2"])


def test_companies_that_closed_are_hidden_and_counted(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path, [ATELIERS, replace(CEVENOL, active=False)])
    home.publish("2610-a")
    home.write_list(1, "Octobre 2026", MONTH)
    settings.SF_HOME = Home(tmp_path)
    client = signed_in(CRP)
    page = read(client)
    assert order(page) == [ATELIERS.siren]
    assert "masquée" not in page, "a company without an active establishment is closed to every agent"


def test_a_list_takes_few_queries_whatever_its_length(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    client.get("/listes")
    taken = []
    for query in ("text=eleonore", "columns=debt&sort=-debt"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/listes?{query}")
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 22, "six of them count what is unread, as on every page"


def test_an_accompagnement_is_a_column_and_a_filter_for_whom_may_see_it(
    signed_in: SignedIn, follow_up: FollowUp
) -> None:
    siren = follow_up.siret[:9]
    page = read(signed_in(CRP), "columns=follow_up&work=toutes")
    assert cells(page, siren)["Accompagnement"] == "En cours"
    assert {cells(page, one)["Accompagnement"] for one in order(page) if one != siren} == {"Aucun dans votre zone"}
    assert siren not in order(read(signed_in(CRP), "not_followed=on"))


def test_a_turnover_is_the_last_one_filed_with_its_month(signed_in: SignedIn, shared_home: Home) -> None:
    with shelf(shared_home).pinned() as snapshot:
        known = last_accounts_of(snapshot, list(NAMES))
    page = read(signed_in(CRP), "columns=turnover&sort=-turnover")
    for siren in NAMES:
        one = known.get(siren)
        shown = cells(page, siren)["Chiffre d’affaires"]
        if one is None or one.turnover is None or one.closing is None:
            assert shown == "—"
        else:
            assert shown.split(" €")[0].replace(" ", "") == f"{one.turnover:.0f}"
    least = read(signed_in(CRP), "turnover_min=1")
    assert set(order(least)) == {siren for siren, one in known.items() if one.turnover and one.turnover >= 1_000}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Ordre : de la plus à la moins exposée."),
        ("sort=-debt", "Ordre : Dette, ordre décroissant."),
        ("sort=town&level=elevee", "Ordre : Commune, ordre croissant. Filtres : Niveau d’alerte : Alerte élevée."),
    ],
)
def test_a_list_says_the_order_that_it_is_in(signed_in: SignedIn, query: str, words: str) -> None:
    """It said « de la plus à la moins exposée » above a list sorted by debt."""
    page = signed_in(CRP).get(f"/listes/2?{query}").content.decode()
    assert words in page
    assert ("la plus à la moins exposée" in page) is (not query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("text=oui", ["Nom ou siren : oui"]),
        ("text=oui&not_followed=on", ["Nom ou siren : oui", "Sans les entreprises accompagnées"]),
        ("capacity=50&capacity_overall=on", []),
    ],
)
def test_the_filters_that_a_list_says_are_those_that_it_applies(
    signed_in: SignedIn, query: str, words: list[str]
) -> None:
    """A capacity without an order keeps every company."""
    page = read(signed_in(CRP), query)
    assert re.findall(r"Filtres : (.*?)\. <a", page) == ([" ; ".join(words)] if words else [])
