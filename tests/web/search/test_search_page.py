"""The page of results: what is found and why, filters, rights, identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from harness.snapshot_queries import queries_from_now
from harness.tiny_home import (
    ATELIERS,
    BRETONNE,
    CEVENOL,
    CLOSED,
    ELEONORE,
    FORGOTTEN,
    HEALTHY,
    IN_PROCEDURE,
    MASKED,
    TOO_SMALL,
    Invented,
)
from signaux_faibles.snapshot.search.companies import RegisteredCompany
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.search.found_by import in_zone

Session = Callable[[str], Client]
CRP, URSSAF, OUTSIDE, EXPIRED = (
    "CRP de la zone",
    "Urssaf sans détection",
    "CRP d'une autre zone",
    "habilitations échues",
)
REFUSED = "Recherche refusée."


@pytest.fixture
def crp(signed_in: Session) -> Client:
    return signed_in(CRP)


def page(client: Client, **query: Any) -> str:
    return client.get("/recherche", query).content.decode()


def shown(body: str) -> list[Invented]:
    """The companies of the results, in order."""
    known = (ATELIERS, BRETONNE, CEVENOL, CLOSED, ELEONORE, HEALTHY, IN_PROCEDURE, TOO_SMALL)
    places = {body.find(f'href="/entreprises/{one.siren}"'): one for one in known}
    return [one for place, one in sorted(places.items(), key=lambda item: item[0]) if place >= 0]


FOUND_BY = {
    "an apostrophe left out": ({"q": "pain dor"}, ELEONORE, "Enseigne : AU PAIN D’OR"),
    "a word that is no part of the name": (
        {"q": "Société Ateliers & fils"}, ATELIERS, "Voici celles qui répondent à « ateliers »."),
    "a letter wrong": ({"q": "atelirs"}, ATELIERS, "« ateliers » au lieu de « atelirs »"),
    "the town of an establishment": ({"q": "cevenol limoges"}, CEVENOL, "Établissement à Limoges (87)"),
    "the town of the head office, beside its siren": (
        {"q": "limoges"}, ATELIERS, "811 111 111 · Limoges, Haute-Vienne (87)"),
    "a sign": ({"q": "pain d'or"}, ELEONORE, "Enseigne : AU PAIN D’OR"),
    "the department of an establishment": (
        {"q": "transports haute-vienne"}, CEVENOL, "Établissement dans le département Haute-Vienne (87)"),
    "the town of a filter": ({"q": "cevenol", "commune": "Limoges"}, CEVENOL, "Établissement à Limoges (87)"),
    "a postcode": ({"q": "87000"}, ATELIERS, "Code postal 87000"),
}  # fmt: skip


@pytest.mark.parametrize(("query", "company", "note"), FOUND_BY.values(), ids=FOUND_BY.keys())
def test_a_result_says_what_found_it(crp: Client, query: dict[str, str], company: Invented, note: str) -> None:
    body = page(crp, **query)
    assert company in shown(body)
    assert note in body


def test_a_name_that_shows_itself_needs_no_note(crp: Client) -> None:
    assert "sf-found-by" not in page(crp, q="ateliers du limousin")


def test_nothing_exact_is_said(crp: Client) -> None:
    assert "Aucune entreprise ne répond exactement." in page(crp, q="atelirs")
    assert "Aucune entreprise ne répond exactement." not in page(crp, q="ateliers")


def test_near_names_are_offered_when_few_are_found(crp: Client) -> None:
    assert "near=on" in page(crp, q="ateliers")
    assert "near=on" not in page(crp, q="limoges")
    assert shown(page(crp, q="ateliers", near="on")) == [ATELIERS]


FILTERS = {
    "a department": ({"departement": "35"}, [BRETONNE]),
    "a region": ({"region": "53"}, [BRETONNE]),
    "a town": ({"commune": "saint-brieuc"}, [BRETONNE]),
    "a postcode": ({"commune": "30000", "q": "imprimerie"}, [HEALTHY]),
    "a size": ({"size": "20-49", "q": "limoges"}, [ATELIERS, IN_PROCEDURE, HEALTHY]),
    "a section": ({"section": "H"}, [CEVENOL]),
    "two sections": ({"section": ["H", "C"], "departement": "30"}, [CEVENOL, HEALTHY]),
    "two sections, other words": ({"section": ["C", "H"], "q": "transports"}, [CEVENOL]),
    "closed companies": ({"state": "fermee"}, [CLOSED]),
    "two filters": ({"departement": "30", "section": "H"}, [CEVENOL]),
    "a level": ({"level": "elevee"}, [CEVENOL, ATELIERS]),
    "any level": ({"level": "toutes"}, [CEVENOL, ATELIERS, ELEONORE]),
    "a level and a word": ({"level": "toutes", "q": "boulangerie"}, [ELEONORE]),
    "a level and a department": ({"level": "toutes", "departement": "35"}, []),
}


@pytest.mark.parametrize(("query", "companies"), FILTERS.values(), ids=FILTERS.keys())
def test_a_filter_keeps(crp: Client, query: dict[str, str], companies: list[Invented]) -> None:
    assert sorted(one.siren for one in shown(page(crp, **query))) == sorted(one.siren for one in companies)


def options(body: str) -> dict[str, str]:
    """The sections that are offered, each with the number of companies that it would keep."""
    found = re.findall(r'name="section" value="([^"]+)".*?<span>[^(<]*(?:\(<span[^>]*>(\d+)</span>\))?', body)
    return dict(found)


SECTIONS = {
    "of what is found": ({"q": "limoges"}, {"C": "6", "H": "1"}),
    "the section asked leaves the others counted": ({"q": "limoges", "section": "H"}, {"C": "6", "H": "1"}),
    "the other filters count": ({"q": "limoges", "departement": "30"}, {"C": "1", "H": "1"}),
    "nothing is searched": ({}, {"C": "", "G": "", "H": ""}),
}


@pytest.mark.parametrize(("query", "counts"), SECTIONS.values(), ids=SECTIONS)
def test_each_section_says_how_many_companies_it_would_keep(
    crp: Client, query: dict[str, str], counts: dict[str, str]
) -> None:
    assert options(page(crp, **query)) == counts


def test_sections_are_not_counted_among_more_companies_than_are_counted(
    crp: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Snapshot.search, "__defaults__", (SearchFilters(), (), 2, False))
    assert options(page(crp, q="limoges")) == {"C": "", "G": "", "H": ""}


@pytest.mark.parametrize(("kind", "shown"), [(CRP, True), (URSSAF, True), (OUTSIDE, False)])
def test_a_result_says_the_follow_ups_that_its_reader_may_see(
    browser: Session, follow_up: FollowUp, kind: str, shown: bool
) -> None:
    badge = f'<a href="/entreprises/{follow_up.siren}#accompagnement">Accompagnement en cours</a>'
    assert (badge in page(browser(kind), q="ateliers")) is shown
    assert (badge in page(browser(kind), q=f"{follow_up.siren} {BRETONNE.siren}")) is shown


def test_follow_ups_of_one_statut_are_counted(browser: Session, follow_up: FollowUp) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(
        statut="TERMINE", column="SUIVI_TERMINE", closed_on=date(2026, 11, 1)
    )
    again = FollowUp.objects.get(pk=follow_up.pk)
    again.pk = None
    again.save()
    assert "Accompagnement terminé (2)" in page(browser(CRP), q="ateliers")


def test_the_procedure_filter_keeps_procedures_under_way(crp: Client) -> None:
    kinds = ("sauvegarde", "redressement", "liquidation")
    assert {kind: shown(page(crp, procedure=kind)) for kind in kinds} == {
        "sauvegarde": [],
        "redressement": [IN_PROCEDURE],
        "liquidation": [],
    }


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(URSSAF, "que votre compte n’a pas"), (EXPIRED, "arrivée à échéance")],
)
def test_a_filter_by_level_needs_the_right_to_read_levels(signed_in: Session, kind: str, sentence: str) -> None:
    plain = page(signed_in(kind), q="limoges")
    assert sentence in plain, "said beside the field"
    body = page(signed_in(kind), q="limoges", level="elevee")
    assert (REFUSED in body, shown(body)) == (True, [])


def test_a_filter_by_level_keeps_nothing_out_of_zone(signed_in: Session, crp: Client) -> None:
    assert shown(page(signed_in(OUTSIDE), level="toutes")) == []
    assert BRETONNE not in shown(page(crp, level="toutes"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"commune": "zzz"}, "« zzz » n’est ni une commune, ni un code postal."),
        ({"size": "toto"}, "Effectif de l’entreprise"),
        ({"level": "toto"}, "Niveau d’alerte"),
    ],
)
def test_a_refused_filter_shows_no_result(crp: Client, query: dict[str, str], sentence: str) -> None:
    body = page(crp, q="limoges", **query)
    assert (REFUSED in body, sentence in body, shown(body)) == (True, True, [])


def test_my_zone_comes_first_until_the_whole_of_france_is_chosen(crp: Client) -> None:
    here, everywhere = page(crp, section="C"), page(crp, section="C", order="france")
    assert (shown(here)[0], shown(here)[-1]) == (ATELIERS, BRETONNE)
    assert shown(everywhere)[0] == BRETONNE, "the one that employs most"
    assert "order=france" in here
    assert 'name="order" value="france"' in everywhere, "kept by the next search"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (ATELIERS.siren, f"/entreprises/{ATELIERS.siren}"),
        (f"siren {ATELIERS.siren}", f"/entreprises/{ATELIERS.siren}"),
        (f"FR12 {ATELIERS.siren}", f"/entreprises/{ATELIERS.siren}"),
        (f"RCS Limoges {ATELIERS.siren}", f"/entreprises/{ATELIERS.siren}"),
        (f"{ATELIERS.siren} 00010", f"/etablissements/{ATELIERS.siren}00010"),
        (FORGOTTEN.siren, f"/entreprises/{FORGOTTEN.siren}"),
    ],
)
def test_an_identifier_opens_its_page(crp: Client, text: str, address: str) -> None:
    assert crp.get("/recherche", {"q": text}).headers["Location"] == address


def test_an_unknown_identifier_is_said_with_its_key(crp: Client) -> None:
    assert "sa clé est fausse" in page(crp, q="123456789")
    assert "sa clé est fausse" not in page(crp, q="732829320")
    assert "Inconnu du répertoire" in page(crp, q="732829320")


def test_an_unknown_establishment_leads_to_its_company(crp: Client) -> None:
    body = page(crp, q=f"{ATELIERS.siren}99999")
    assert "Établissement inconnu ; entreprise trouvée" in body
    assert shown(body) == [ATELIERS]


def test_several_identifiers_are_a_list(crp: Client) -> None:
    assert "2 lignes lues, 2 trouvées" in page(crp, q=f"{ATELIERS.siren} {BRETONNE.siren}")


def test_the_heading_of_the_results_is_a_heading(crp: Client) -> None:
    body = page(crp, q="limoges")
    assert "entreprises trouvées</h2>" in body
    assert 'role="status"' not in body


def test_a_masked_company_is_found_by_its_siren_alone(crp: Client) -> None:
    assert MASKED.siren not in page(crp, q="limoges")
    assert MASKED.siren not in page(crp, departement="87")
    assert MASKED.siren not in page(crp, commune="Limoges")
    assert crp.get("/recherche", {"q": MASKED.siren}).status_code == 302


@pytest.mark.parametrize("query", [{"q": "limoges"}, {"q": "atelirs"}, {"level": "toutes", "q": "limoges"}])
def test_a_search_asks_a_fixed_number_of_times(
    crp: Client,
    query: dict[str, str],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queries = queries_from_now(monkeypatch)
    with django_assert_max_num_queries(20):  # seven of them count what is unread, the first time that an agent is seen
        page(crp, **query)
    assert len(queries) <= 4


ZONED = {
    "seated in the zone": ("87", {"87", "30"}, {"87"}, ()),
    "seated elsewhere, active in the zone": ("30", {"87", "30"}, {"87"}, ("Établissement dans votre zone (87)",)),
    "active nowhere in the zone": ("30", {"30"}, {"87"}, ()),
    "no zone first": ("30", {"87", "30"}, set(), ()),
    "in many departments of the zone": (
        "30", {"01", "02", "03", "04"}, {"01", "02", "03", "04"}, ("Établissement dans votre zone (01, 02, 03)",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("seat", "active", "zone", "note"), ZONED.values(), ids=ZONED)
def test_a_company_seated_elsewhere_says_why_it_comes_first(
    seat: str, active: set[str], zone: set[str], note: tuple[str, ...]
) -> None:
    company = RegisteredCompany("811111111", "A", seat, None, None, True, frozenset(active))
    assert in_zone(company, zone) == note


def test_a_number_that_is_no_identifier_says_how_many_digits_it_has(crp: Client) -> None:
    assert "Il a 13 chiffres : un siren en a 9, un siret 14." in page(crp, q="1582126130002")


def test_an_empty_search_with_a_filter_advises_to_remove_it(crp: Client) -> None:
    pages = [crp.get(f"/recherche?q=zzz{query}").content.decode() for query in ("", "&departement=87")]
    assert ["Ôtez un filtre" in page for page in pages] == [False, True]
