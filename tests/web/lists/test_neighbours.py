"""From a company of a list to the next one, and back to its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, COMPANIES, ELEONORE, MASKED, TinyHome

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP = "CRP de la zone"


def links(client: Client, siren: str, query: str) -> dict[str, str]:
    """The links among the companies of the list, and the place of this one."""
    page = client.get(f"/entreprises/{siren}?{query}").content.decode().replace("&amp;", "&")
    if 'class="sf-neighbours"' not in page:
        return {}
    nav = page[page.index('class="sf-neighbours"') :]
    nav = nav[: nav.index("</nav>")]
    place = re.search(r"<span>(.*?)</span>", nav)
    return {text: address for address, text in re.findall(r'href="([^"]+)">([^<]+)</a>', nav)} | {
        "place": place[1] if place else ""
    }


def test_the_filters_of_the_list_are_carried_from_page_to_page(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    row = crp.get("/listes?sort=-headcount").content.decode()
    first = re.findall(r'href="(/entreprises/[^"]+)" data-row', row)[0].replace("&amp;", "&")
    assert first == f"/entreprises/{CEVENOL.siren}?liste=2&filtres=sort%3D-headcount"
    found = links(crp, CEVENOL.siren, first.split("?")[1])
    assert (found["place"], "Précédente" in found) == ("1 sur 4", False)
    assert found["Suivante"] == f"/entreprises/{ATELIERS.siren}?liste=2&filtres=sort%3D-headcount"
    assert found["Retour à la liste Octobre 2026"] == f"/listes/2?sort=-headcount&page=1#e-{CEVENOL.siren}"
    last = links(crp, MASKED.siren, "liste=2&filtres=sort%3D-headcount")
    assert (last["place"], "Suivante" in last) == ("4 sur 4", False)


def test_a_company_that_left_the_filters_still_leads_to_the_next(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    crp.post("/listes/2/travail", {"siren": CEVENOL.siren, f"version-{CEVENOL.siren}": "0", "act": "DONE"})
    found = links(crp, CEVENOL.siren, "liste=2&filtres=")
    assert found["place"] == "hors des filtres, 3 restantes"
    assert ATELIERS.siren in found["Précédente"]
    assert ELEONORE.siren in found["Suivante"]


def test_from_an_older_list_a_company_that_left_alert_says_so_and_offers_no_mark(
    signed_in: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    home.write_list(1, "Septembre 2026", date(2026, 9, 1))
    home.companies = [replace(one, level=None) if one is ATELIERS else one for one in COMPANIES]
    home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    settings.SF_HOME = home.home
    crp = signed_in(CRP)
    page = crp.get(f"/entreprises/{ATELIERS.siren}?liste=1&filtres=").content.decode()
    assert "n’est plus en alerte dans la dernière liste, Octobre 2026" in page
    assert "<kbd>m</kbd>" not in page
    other = crp.get(f"/entreprises/{CEVENOL.siren}?liste=1&filtres=").content.decode()
    assert ("n’est plus en alerte" in other, "<kbd>m</kbd>" in other) == (False, True)


@pytest.mark.parametrize(
    ("kind", "siren", "query"),
    {
        "no list in the address": (CRP, ATELIERS.siren, ""),
        "a draft": (CRP, ATELIERS.siren, "liste=3&filtres="),
        "no list of that name": (CRP, ATELIERS.siren, "liste=x&filtres="),
        "a company of another zone": (CRP, BRETONNE.siren, "liste=2&filtres="),
        "a filter that is refused": (CRP, ATELIERS.siren, "liste=2&filtres=departements%3D35"),
        "an agent without detection": ("Urssaf sans détection", ATELIERS.siren, "liste=2&filtres="),
        "an agent of another zone": ("CRP d'une autre zone", ATELIERS.siren, "liste=2&filtres="),
    }.values(),
)
def test_no_place_is_given_where_the_list_does_not_hold_the_company(
    signed_in: SignedIn, kind: str, siren: str, query: str
) -> None:
    assert links(signed_in(kind), siren, query) == {}


@pytest.mark.parametrize(
    ("siren", "leads_to"),
    [
        (CEVENOL.siren, f"/entreprises/{ATELIERS.siren}?liste=2&filtres=sort%3D-headcount"),
        (MASKED.siren, f"/entreprises/{MASKED.siren}?liste=2&filtres=sort%3D-headcount#travail"),
    ],
)
def test_an_alert_is_marked_and_the_next_one_opens_until_the_last(
    signed_in: SignedIn, siren: str, leads_to: str
) -> None:
    sent = {
        "siren": siren, f"version-{siren}": "0", "act": "DONE", "page": "entreprise", "then": "suivante",
        "query": "liste=2&filtres=sort%3D-headcount",
    }  # fmt: skip
    assert signed_in(CRP).post("/listes/2/travail", sent).headers["Location"] == leads_to
