"""Names that would make a page read otherwise than it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from harness.tiny_home import ATELIERS, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.documents.pdf import draw_pdf
from signaux_faibles.web.readable import MISLEADING, spelled_out, typeset_page
from signaux_faibles.web.workbook import OpenColumn, Parameters, Titles, write_workbook

NAME = "ATELIERS\u202eDU\x1b[31m LIMOUSIN\u2066\x07"


def test_a_misleading_name_is_shown_by_its_numbers(
    signed_in: Callable[[str], Client], settings: Settings, tmp_path: Path
) -> None:
    TinyHome(tmp_path).publish("2610-a", renamed={ATELIERS.siren: NAME})
    settings.SF_HOME = Home(tmp_path)
    for address in (f"/entreprises/{ATELIERS.siren}", "/recherche?q=ateliers"):
        page = signed_in("CRP de la zone").get(address).content.decode()
        assert "ATELIERS&lt;U+202E&gt;DU&lt;U+001B&gt;[31m LIMOUSIN&lt;U+2066&gt;&lt;U+0007&gt;" in page
        assert not MISLEADING.search(page)


@pytest.mark.parametrize("address", ["/recherche?q=%E2%80%AEabc", "/listes?scope=%E2%80%AEabc", "/connexion?next=%1b"])
def test_what_is_typed_is_shown_by_its_numbers_too(signed_in: Callable[[str], Client], address: str) -> None:
    assert not MISLEADING.search(signed_in("CRP de la zone").get(address).content.decode())


@pytest.mark.parametrize("address", ["/entreprises/811111111", "/recherche?q=l'%C3%A9t%C3%A9", "/recherche?q=%1b"])
def test_a_page_has_the_length_that_it_says(signed_in: Callable[[str], Client], address: str) -> None:
    """Whoever accepts no compressed page waits for the bytes that are said."""
    answer = signed_in("CRP de la zone").get(address)
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_a_workbook_and_a_page_on_paper_show_it_by_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither passes through the middleware of pages."""
    file, columns = BytesIO(), [OpenColumn[str]("Nom", str)]
    parameters = Parameters([("Recherche", NAME)], fictitious=False, day=date(2026, 11, 1))
    write_workbook(file, Titles("Liste", "Liste", 1), columns, [NAME], parameters)
    book = load_workbook(file)
    cells = [book["Liste"]["A2"].value, book["Paramètres"]["B1"].value]
    assert cells == [spelled_out(NAME), spelled_out(NAME)]
    assert not MISLEADING.search("".join(cells))

    monkeypatch.setattr("signaux_faibles.web.documents.pdf.render_to_string", lambda *_: f"<p>{NAME}</p>")
    drawn: list[str] = []
    monkeypatch.setattr("weasyprint.HTML", lambda string, **_: drawn.append(string) or FakePage())
    draw_pdf("any.html", {})
    assert not MISLEADING.search(drawn[0])


class FakePage:
    def write_pdf(self, **_: object) -> bytes:
        return b""


def test_french_text_is_left_as_it_is() -> None:
    assert not MISLEADING.search("« Éléonore » : 12\u202f340\u00a0€ – l’œuvre\n\t<p>")


PAGES = {
    "<p>Recours à l'activité</p>": "<p>Recours à l’activité</p>",
    "<td>Côte-d&#x27;Or</td>": "<td>Côte-d’Or</td>",
    "<p title='l'un'>d'un <b>l'autre</b>": "<p title='l'un'>d’un <b>l’autre</b>",
    '<input value="l&#x27;atelier">': '<input value="l&#x27;atelier">',
    "<textarea>\nl&#x27;atelier</textarea><p>l'atelier": "<textarea>\nl&#x27;atelier</textarea><p>l’atelier",
    "<a>liam.o&#x27;neil@dreets.example</a>": "<a>liam.o&#x27;neil@dreets.example</a>",
    "<p>« l'un' » 5' de l'<b>an</b>": "<p>« l’un' » 5' de l'<b>an</b>",
}


@pytest.mark.parametrize(("page", "shown"), PAGES.items())
def test_texts_of_a_page_have_the_apostrophe_of_print(page: str, shown: str) -> None:
    assert typeset_page(page) == shown


STRAIGHT = re.compile(r">[^<]*?[^\W\d_](?:'|&#x27;)\w|aria-label=\"[^\"]*[^\W\d_](?:'|&#x27;)\w")
LABELLED = (
    "/",
    f"/entreprises/{ATELIERS.siren}",
    f"/etablissements/{ATELIERS.siren}00010",
    "/listes",
    "/recherche?q=l'or",
)


@pytest.mark.parametrize("address", LABELLED)
def test_labels_that_are_keys_and_those_of_nomenclatures_have_it_too(
    signed_in: Callable[[str], Client], address: str
) -> None:
    assert STRAIGHT.findall(signed_in("CRP de la zone").get(address).content.decode()) == []
