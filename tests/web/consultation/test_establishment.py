"""The page of an establishment, and the establishments of a company."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, CLOSED, HEALTHY, MASKED
from signaux_faibles.snapshot.served.company import town_of
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.consultation import establishments_section

SignedIn = Callable[[str], Client]
CRP, OUTSIDE = "CRP de la zone", "CRP d'une autre zone"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


SENTENCES = {
    "identity, state, headcount": (
        f"{ATELIERS.siren}00010",
        [
            "22 ans",
            "fce.fabrique.social.gouv.fr/establishment/81111111100010",
            "annuaire-entreprises.data.gouv.fr/etablissement/81111111100010",
            "Établissement 811 111 111 00010, siège",
            "1 RUE DES FORGES",
            "12 mars 2004",
            "48 salariés",
            "En activité",
        ],
    ),
    "what the State holds": (f"{ATELIERS.siren}00010", ["52 340 €", "9 150 €", "24 310 €", "4,75 ETP"]),
    "another establishment has none of it": (f"{CEVENOL.siren}00020", ["n’a enregistré aucun débit", "Inconnu"]),
    "closed": (f"{CLOSED.siren}00010", ["Fermé le 31 mars 2025</p>", "<dd>Fermé le 31 mars 2025"]),
    "the alert of its company": (
        f"{ATELIERS.siren}00010",
        ["Alerte élevée</p>", f'liste Octobre 2026 : <a href="/entreprises/{ATELIERS.siren}#detection">'],
    ),
    "masked: the town alone": (f"{MASKED.siren}00010", ["Dénomination non diffusible", "<dd>LIMOGES"]),
    "a move, and how it is known": (
        f"{HEALTHY.siren}00010",
        ["repris l’activité", "899 999 999 00030", "fermé le 1er mars 2022 (d’après l’effectif ; déduit"],
    ),
}


@pytest.mark.parametrize(("siret", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_a_page_says(signed_in: SignedIn, siret: str, sentences: list[str]) -> None:
    page = read(signed_in(CRP), f"/etablissements/{siret}")
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_out_of_zone_its_identity_is_open_and_nothing_else(signed_in: SignedIn) -> None:
    page = read(signed_in(OUTSIDE), f"/etablissements/{ATELIERS.siren}00010")
    assert "48 salariés" in page
    assert [one for one in ("52 340", "9 150", "24 310", "4,75") if one in page] == []


@pytest.mark.parametrize(
    ("kind", "siren", "shown"),
    [
        (CRP, ATELIERS.siren, True),
        (CRP, BRETONNE.siren, False),
        (CRP, HEALTHY.siren, False),
        ("Urssaf sans détection", ATELIERS.siren, False),
        (OUTSIDE, ATELIERS.siren, False),
    ],
)
def test_the_alert_of_its_company_is_read_by_whom_may(signed_in: SignedIn, kind: str, siren: str, shown: bool) -> None:
    page = read(signed_in(kind), f"/etablissements/{siren}00010")
    assert ("Alerte élevée" in page, "celle de l’entreprise" in page) == (shown, shown)


def test_its_follow_up_stands_in_its_head(browser: SignedIn, follow_up: FollowUp) -> None:
    badge = '<a href="#accompagnement">Accompagnement en cours</a>'
    assert badge in read(browser(CRP), f"/etablissements/{follow_up.siret}")
    assert badge not in read(browser(OUTSIDE), f"/etablissements/{follow_up.siret}")


def test_a_closed_establishment_has_no_age(signed_in: SignedIn) -> None:
    assert " ans</span>" not in read(signed_in(CRP), f"/etablissements/{CLOSED.siren}00010")


def test_only_the_sources_that_it_shows_have_their_freshness(signed_in: SignedIn) -> None:
    address = f"/etablissements/{ATELIERS.siren}00010"
    sources = ("Délais de paiement accordés par l’Urssaf", "Registre national des entreprises")
    assert [one in read(signed_in(CRP), address) for one in sources] == [True, False]
    assert [one in read(signed_in(OUTSIDE), address) for one in sources] == [False, False]


@pytest.mark.parametrize("siret", ["00000000000000", "811111111", "81111111199999", "../etc"])
def test_an_unknown_siret_is_not_found(signed_in: SignedIn, siret: str) -> None:
    assert signed_in(CRP).get(f"/etablissements/{siret}").status_code == 404


def test_a_company_lists_its_establishments(signed_in: SignedIn) -> None:
    page = read(signed_in(CRP), f"/entreprises/{CEVENOL.siren}")
    assert "2 établissements, dont 2 en activité." in page
    assert page.index("822 222 222 00010") < page.index("822 222 222 00020")


def test_other_pages_of_establishments_stay_in_the_list_that_led_here(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(establishments_section, "PAGE_SIZE", 1)
    asked = "liste=2&filtres=scope%3Dimplantation"
    page = read(signed_in(CRP), f"/entreprises/{CEVENOL.siren}?{asked}")
    assert f'href="?{asked.replace("&", "&amp;")}&amp;etablissements=2#etablissements"' in page


@pytest.mark.parametrize(("siren", "shown"), [(ATELIERS.siren, True), (BRETONNE.siren, False)])
def test_their_debts_are_shown_to_whom_may_read_them(signed_in: SignedIn, siren: str, shown: bool) -> None:
    page = read(signed_in(CRP), f"/entreprises/{siren}")
    assert ('<th scope="col">Dette sociale</th>' in page) is shown


ADDRESSES = {
    "1 RUE DES FORGES\n16100 COGNAC": "Cognac",
    "LIMOGES": "Limoges",
    "12 AV X\n13012 MARSEILLE 12E ARRONDISSEMENT": "Marseille 12e Arrondissement",
    "": None,
    None: None,
}


@pytest.mark.parametrize(("address", "town"), ADDRESSES.items())
def test_the_town_of_an_address(address: str | None, town: str | None) -> None:
    assert town_of(address) == town


def test_the_pdf_of_a_company_is_by_the_rights_of_its_reader(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is drawn is what the page that WeasyPrint receives holds."""
    drawn: list[str] = []

    class Drawn:
        def __init__(self, string: str, **_: object) -> None:
            drawn.append(string.replace("\u202f", " "))

        def write_pdf(self, **_: object) -> bytes:
            return b"%PDF"

    monkeypatch.setattr("weasyprint.HTML", Drawn)
    for kind in (CRP, OUTSIDE, "administrateur du produit"):
        signed_in(kind).get(f"/entreprises/{ATELIERS.siren}/fiche.pdf")
    inside, outside = drawn
    assert ("52 340" in inside, "52 340" in outside, "ATELIERS DU LIMOUSIN" in outside) == (True, False, True)
    assert "Fiche lue le" in inside
    assert "Données fictives" in inside


def test_a_pdf_is_a_file_of_pages(signed_in: SignedIn) -> None:
    answer = signed_in(CRP).get(f"/entreprises/{ATELIERS.siren}/fiche.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "fiche-811111111.pdf" in answer.headers["Content-Disposition"]
    tags = {tag for tag in (b"/StructTreeRoot", b"/H1", b"/TH", b"/TD") if tag in inflated(answer.content)}
    assert len(tags) == 4, "headings and tables are tagged for screen readers"


def inflated(document: bytes) -> bytes:
    """The streams of a PDF that can be read, one after the other."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    readable = (zlib.decompressobj() for _ in streams)
    return b"".join(one.decompress(stream) for one, stream in zip(readable, streams, strict=True) if stream[:1] == b"x")
