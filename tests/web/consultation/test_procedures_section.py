"""What pages, cards and lists say of the procedures of a company: in bonis only where all was read and understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import BATCHES, BRETONNE, ELEONORE, HEALTHY, IN_PROCEDURE, TOO_SMALL, TinyHome, published_home
from signaux_faibles.home.home import Home

Session = Callable[[str], Client]
NOTICE = "https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:A202600000099"


def badges(page: str) -> list[str]:
    """The words of the badges of a page, in order."""
    found = re.findall(r'<p class="fr-badge[^"]*">(.*?)</p>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", badge) for badge in found]


SHEETS = {
    "nothing known, all read": (HEALTHY.siren, ["In bonis"]),
    "in progress": (IN_PROCEDURE.siren, ["Redressement judiciaire"]),
    "a judgment to read": (ELEONORE.siren, ["Alerte modérée", "1ère alerte", "Jugement à lire"]),
    "untouched for too long": (BRETONNE.siren, ["Redressement judiciaire : issue inconnue"]),
    "not followed": (TOO_SMALL.siren, []),
}


@pytest.mark.parametrize(("siren", "expected"), SHEETS.values(), ids=SHEETS)
def test_the_badges_of_a_sheet(signed_in: Session, siren: str, expected: list[str]) -> None:
    page = signed_in("CRP de la zone").get(f"/entreprises/{siren}").content.decode()
    head = page[: page.index("<section")]
    assert badges(head) == expected


def test_a_judgment_to_read_leads_to_its_notice_and_says_why(signed_in: Session) -> None:
    page = signed_in("CRP de la zone").get(f"/entreprises/{ELEONORE.siren}").content.decode()
    assert page.count(f'href="{NOTICE}"') == 2, "from the badge and from the list"
    assert "« Autre jugement et ordonnance » Ordonne ce que personne n’avait encore ordonné." in page
    assert "La décision n’est pas nommée." in page
    assert "Aucune procédure connue" not in page


def test_an_outcome_that_nobody_knows_is_explained(signed_in: Session) -> None:
    page = signed_in("CRP de la zone").get(f"/entreprises/{BRETONNE.siren}").content.decode()
    assert "Elle n’est ni tenue pour en cours, ni pour close." in page
    assert "In bonis" not in badges(page)


def test_search_and_lists_show_them_too(signed_in: Session) -> None:
    crp = signed_in("CRP de la zone")
    assert "Jugement à lire" in badges(crp.get("/recherche?q=eleonore").content.decode())
    assert "Redressement judiciaire : issue inconnue" in badges(crp.get("/recherche?q=bretonne").content.decode())
    assert badges(crp.get("/listes").content.decode()).count("Jugement à lire") == 1


MISSING: dict[str, tuple[Mapping[str, str], str]] = {
    "BODACC was never delivered": ({"procol": "2610"}, "Procédures : BODACC non lu"),
    "Urssaf was never delivered": ({"bodacc": "2610"}, "Procédures : fichier de l’Urssaf non lu"),
    "neither was": ({"debit": "2610"}, "Procédures : fichier de l’Urssaf et BODACC non lus"),
    "BODACC was delivered three months before": (BATCHES | {"bodacc": "2607"}, "Procédures : BODACC non lu"),
    "BODACC was delivered two months before": (BATCHES | {"bodacc": "2608"}, "In bonis"),
}


@pytest.mark.parametrize(("read", "expected"), MISSING.values(), ids=MISSING)
def test_in_bonis_is_not_said_where_a_source_is_missing(
    signed_in: Session, settings: Settings, tmp_path: Path, read: Mapping[str, str], expected: str
) -> None:
    home = TinyHome(tmp_path)
    home.publish("2610-a", read=read)
    settings.SF_HOME = Home(tmp_path)
    crp = signed_in("CRP de la zone")
    page = crp.get(f"/entreprises/{HEALTHY.siren}").content.decode()
    assert badges(page) == [expected]
    assert ("Une source manque" in page) == (expected != "In bonis")
    shown = badges(crp.get("/recherche?q=imprimerie").content.decode())
    assert shown == ([] if expected == "In bonis" else [expected])
    assert badges(crp.get(f"/entreprises/{IN_PROCEDURE.siren}").content.decode()) == ["Redressement judiciaire"]


def test_a_list_says_which_source_is_missing(signed_in: Session, settings: Settings, tmp_path: Path) -> None:
    home = published_home(tmp_path)
    home.publish("2610-b", read={"procol": "2610"})
    settings.SF_HOME = Home(tmp_path)
    assert "Procédures : BODACC non lu" in badges(signed_in("CRP de la zone").get("/listes").content.decode())
