"""Every page, for every kind of agent: what opens, and what never leaves the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED, Invented
from signaux_faibles.web.rights.decide import Reason

Session = Callable[[str], Client]
CRP, URSSAF, DETECTION = "CRP de la zone", "Urssaf sans détection", "détection sans Urssaf"
OUTSIDE, EXPIRED, PRODUCT = "CRP d'une autre zone", "habilitations échues", "administrateur du produit"
EVERYBODY = (CRP, URSSAF, DETECTION, OUTSIDE, EXPIRED, PRODUCT)

SHEET = f"/entreprises/{ATELIERS.siren}"
PAGES = ("/", "/recherche?q=limoges", "/listes", "/listes/1", SHEET)
LEVEL_WORDS = ("Alerte élevée", "Alerte modérée", "1ère alerte", "sur 100", "le risque")
DEBT_WORDS = (
    "52\u202f340",
    "39\u202f255",
    "39255.00",
    "data-debt-month",
    "42 % des cotisations",
    "Dette sociale rapportée",
)
REASON_WORDS = ("Effectif : évolution sur un an", "Capitaux propres rapportés", "−20 %")


def body(client: Client, path: str) -> str:
    """The page without its menus of filters, which name the levels to everybody who may filter on them."""
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/"])
def test_without_a_session_every_page_leads_to_sign_in(client: Client, path: str, db: None) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/connexion")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("kind", EVERYBODY)
def test_a_page_opens_or_says_why_not(signed_in: Session, kind: str, path: str) -> None:
    answer = signed_in(kind).get(path)
    refused = kind == PRODUCT and path != "/"
    closed = kind in (URSSAF, EXPIRED) and path.startswith("/listes")
    assert answer.status_code == (403 if refused or closed else 200)
    assert "Données fictives" in answer.content.decode()
    assert ('href="/listes"' in answer.content.decode()) is (kind in (CRP, DETECTION, OUTSIDE)), "no dead end"
    if refused:
        assert "Un administrateur du produit ne lit aucune donnée" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "level", "debt", "reasons"),
    [
        (CRP, True, True, True),
        (URSSAF, False, True, False),
        (DETECTION, True, False, True),
        (OUTSIDE, False, False, False),
        (EXPIRED, False, False, False),
        (PRODUCT, False, False, False),
    ],
)
def test_the_sheet_holds_what_the_agent_may_read_and_nothing_else(
    signed_in: Session, kind: str, level: bool, debt: bool, reasons: bool
) -> None:
    page = body(signed_in(kind), SHEET)
    assert ("Alerte élevée" in page) is level
    assert ("52\u202f340" in page) is debt
    assert ("Effectif : évolution sur un an" in page) is reasons
    closed = [*([] if level else LEVEL_WORDS), *([] if debt else DEBT_WORDS), *([] if reasons else REASON_WORDS)]
    assert [word for word in closed if word in page] == []


def test_a_closed_reason_reads_motif_confidentiel_and_hides_its_theme(signed_in: Session) -> None:
    page = body(signed_in(DETECTION), f"/entreprises/{ELEONORE.siren}")
    assert "Alerte modérée" in page
    assert "Motif confidentiel" in page
    assert "Dettes sociales" not in page, "the theme of the reason"


def test_out_of_zone_identity_is_open_and_the_refusal_gives_its_reason(signed_in: Session) -> None:
    page = body(signed_in(CRP), f"/entreprises/{BRETONNE.siren}")
    assert BRETONNE.name in page
    assert "75 salariés" in page
    assert page.count(Reason.OUT_OF_ZONE.value) == 1, "said once"
    assert [word for word in (*LEVEL_WORDS, *DEBT_WORDS[:4]) if word in page] == []


@pytest.mark.parametrize(
    ("kind", "badged"),
    [
        (CRP, [CEVENOL, ATELIERS, ELEONORE]),
        (DETECTION, [CEVENOL, ATELIERS, ELEONORE]),
        (URSSAF, []),
        (OUTSIDE, []),
        (EXPIRED, []),
    ],
)
def test_search_shows_levels_only_to_whom_may_read_them(signed_in: Session, kind: str, badged: list[Invented]) -> None:
    page = body(signed_in(kind), "/recherche?q=limoges")
    assert page.count("fr-badge--error") + page.count("yellow-tournesol") == len(badged)
    assert all(one.name in page for one in (CEVENOL, ATELIERS, ELEONORE)), "identity is open to every agent"


def test_search_comes_in_the_same_order_for_everybody(signed_in: Session) -> None:
    pages = [body(signed_in(kind), "/recherche?q=limoges") for kind in (CRP, URSSAF, OUTSIDE)]
    order = [
        [one.name for one in sorted((CEVENOL, ATELIERS, ELEONORE), key=lambda one: page.index(one.name))]
        for page in pages
    ]
    assert order[0] == order[1] == order[2]


FILTERS = (
    "",
    "scope=implantation",
    "level=elevee",
    "first_alert=on",
    "departements=35",
    "text=8333",
    "text=ateliers",
    "section=C",
    "headcount_min=1",
    "page=2",
    "scope=implantation&departements=22&departements=35&level=elevee",
)


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("kind", [URSSAF, EXPIRED, OUTSIDE])
def test_no_filter_and_no_count_reports_a_closed_list(signed_in: Session, kind: str, query: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = signed_in(kind).get(f"/listes?{query}", headers=headers)
        page = answer.content.decode()
        assert [one.name for one in (ATELIERS, CEVENOL, BRETONNE, ELEONORE) if one.name in page] == []
        assert "fr-badge--error" not in page
        said = ("0 entreprise en alerte", "ne vous est pas ouverte", "Un filtre est refusé")
        assert any(sentence in page for sentence in said) or "HX-Redirect" in answer


@pytest.mark.parametrize("query", FILTERS)
def test_no_filter_brings_a_company_from_outside_the_zone(signed_in: Session, query: str) -> None:
    page = body(signed_in(CRP), f"/listes?{query}")
    assert BRETONNE.name not in page
    assert BRETONNE.siren not in page


def test_the_administrator_learns_not_even_which_companies_exist(signed_in: Session) -> None:
    client = signed_in(PRODUCT)
    known, unknown = client.get(SHEET), client.get("/entreprises/000000000")
    assert known.status_code == unknown.status_code == 403
    assert ATELIERS.name not in known.content.decode()


def test_a_masked_company_shows_no_name_anywhere(signed_in: Session) -> None:
    for path in (f"/entreprises/{MASKED.siren}", f"/recherche?q={MASKED.siren[:6]}", "/listes"):
        page = body(signed_in(CRP), path)
        assert "[ND]" not in page
        assert "Dénomination non diffusible" in page
