"""The published lists, as a CRP works them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, MASKED, Invented, TinyHome
from signaux_faibles.home.home import Home

NAMES = (ATELIERS, CEVENOL, ELEONORE)
MONTH = date(2026, 10, 1)


@pytest.fixture
def crp(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("CRP de la zone")


def shown(page: str) -> list[str]:
    """The companies of the table, in order."""
    return sorted((one.name for one in NAMES if one.name in page), key=page.index)


QUERIES: dict[str, tuple[str, Sequence[Invented], str]] = {
    "opens on the latest list, by rank": ("", [ATELIERS, CEVENOL, ELEONORE], "4 entreprises en alerte"),
    "one department": ("departements=87", [ATELIERS, ELEONORE], "3 entreprises en alerte"),
    "a department, by its establishments": (
        "departements=87&scope=implantation",
        [ATELIERS, CEVENOL, ELEONORE],
        "4 entreprises en alerte",
    ),
    "the high level": ("level=elevee", [ATELIERS, CEVENOL], "2 entreprises en alerte"),
    "first alerts": ("first_alert=on", [ELEONORE], "1 entreprise en alerte"),
    "a sector": ("section=H", [CEVENOL], "1 entreprise en alerte"),
    "a headcount": ("headcount_min=48", [ATELIERS, CEVENOL], "2 entreprises en alerte"),
    "a name": ("text=eleonore", [ELEONORE], "1 entreprise en alerte"),
    "nothing": ("text=rien", [], "Aucune entreprise en alerte ne répond à ces critères"),
    "a page beyond the last": ("page=99", [ATELIERS, CEVENOL, ELEONORE], "4 entreprises en alerte"),
}


@pytest.mark.parametrize(("query", "companies", "sentence"), QUERIES.values(), ids=QUERIES.keys())
def test_a_list_shows(crp: Client, query: str, companies: Sequence[Invented], sentence: str) -> None:
    page = crp.get(f"/listes?{query}").content.decode()
    assert shown(page) == [one.name for one in companies]
    assert sentence in page


OUT_OF_ZONE = "«\u00a035\u00a0» n’est pas un département de votre zone."
REFUSED: dict[str, tuple[str, str, str]] = {
    "a department outside the zone": ("departements=35", "departements", OUT_OF_ZONE),
    "beside one of the zone": ("departements=87&departements=35", "departements", OUT_OF_ZONE),
    "a tie that does not exist": ("scope=toto", "scope", "«\u00a0toto\u00a0» n’est ni le siège, ni les implantations."),
    "a level that does not exist": ("level=toto", "level", "« toto » n’est pas un des choix proposés."),
    "a sector that does not exist": ("section=toto", "section", "« toto » n’est pas un des choix proposés."),
    "a headcount below zero": ("headcount_min=-5", "headcount_min", "Indiquez zéro ou plus."),
    "a headcount of nobody": ("headcount_min=1000001", "headcount_min", "Indiquez au plus 1\u202f000\u202f000."),
    "a capacity of none": ("capacity=0", "capacity", "Indiquez au moins 1 entreprise."),
    "bounds that cross": ("headcount_min=50&headcount_max=10", "headcount_max", "Le maximum est inférieur au minimum"),
    "a headcount that is no number": ("headcount_min=dix", "headcount_min", "Indiquez un nombre entier de salariés."),
}


@pytest.mark.parametrize(("query", "field", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_filter_shows_no_company_and_says_why(crp: Client, query: str, field: str, error: str) -> None:
    page = crp.get(f"/listes?{query}").content.decode()
    assert shown(page) == []
    assert "Un filtre est refusé" in page
    assert error in page
    if field != "scope":  # it has no field to see: its error stands beside the switch
        assert re.search(f'id="id_{field}-error">[^<]*{re.escape(error)}', page)


def test_a_refused_filter_is_not_sent_again_with_the_form(crp: Client) -> None:
    page = crp.get("/listes?scope=toto&departements=35").content.decode()
    form = page[page.index('<form method="get" class="sf-panel') : page.rindex("</form>")]
    assert 'value="toto"' not in form
    assert 'value="35"' not in form
    assert "hx-get" not in form, "the page is loaded whole, without its errors"


def test_a_fragment_with_a_refused_filter_sends_the_browser_to_the_whole_page(crp: Client) -> None:
    answer = crp.get("/listes?departements=35", headers={"HX-Request": "true"})
    assert (answer["HX-Redirect"], answer.content) == ("/listes?departements=35", b"")


def test_each_row_gives_the_main_reason_and_the_link_to_the_sheet(crp: Client) -> None:
    page = crp.get("/listes").content.decode()
    assert page.count("Dettes sociales") == 4
    assert f'href="/entreprises/{MASKED.siren}?liste=2&amp;filtres="' in page


def test_older_published_lists_stay_open_drafts_are_not_found_and_the_withdrawn_say_so(crp: Client) -> None:
    assert "Liste Avril 2026" in crp.get("/listes/1").content.decode()
    assert [crp.get(f"/listes/{number}").status_code for number in (3, 4, 99)] == [404, 410, 404]


def test_no_list_is_said(crp: Client, settings: Settings, tmp_path: Path) -> None:
    TinyHome(tmp_path).publish("2610-a")
    settings.SF_HOME = Home(tmp_path)
    assert "Aucune liste n’est publiée" in crp.get("/listes").content.decode()


def test_a_filtered_fragment_reads_the_snapshot_of_its_page(crp: Client, settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    home.write_list(1, "Octobre 2026", MONTH)
    settings.SF_HOME = Home(tmp_path)
    token = crp.get("/listes").context["snapshot_token"]
    home.publish("2611-a", renamed={ATELIERS.siren: "ATELIERS RENOMMÉS"})
    fragment = crp.get("/listes", headers={"HX-Request": "true", "X-Instantane": token}).content.decode()
    assert ATELIERS.name in fragment
    assert "<html" not in fragment
    forged = crp.get("/listes", headers={"HX-Request": "true", "X-Instantane": "2610-a"}).content.decode()
    assert "ATELIERS RENOMMÉS" in forged, "an id that we have not signed is not followed"


@pytest.mark.parametrize("path", ["/", "/listes", "/listes/2/changements", "/listes/2/fiche", "/listes/2/export.xlsx"])
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("Urssaf sans détection", "Il y faut l’habilitation détection, que votre compte n’a pas. Pour la demander :"),
        ("habilitations échues", "Pour la renouveler : le correspondant de votre administration (DREETS)."),
    ],
)
def test_a_closed_list_says_what_would_open_it_and_whom_to_ask(
    signed_in: Callable[[str], Client], path: str, kind: str, sentence: str
) -> None:
    assert sentence in signed_in(kind).get(path).content.decode()
