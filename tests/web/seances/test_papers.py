"""The agenda and the relevé, read again from the files that agents receive."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from harness.agents import CODEFI, CRP, OUTSIDE
from harness.tiny_home import ATELIERS, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.documents.word import safe
from signaux_faibles.web.seances.models import Decision, Seance, SeanceMember
from signaux_faibles.web.seances.papers import Paper, PaperItem
from signaux_faibles.web.seances.preparing import add_companies
from signaux_faibles.web.seances.word import paper_docx

Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]


def lines(document: bytes) -> list[str]:
    """The paragraphs of a DOCX."""
    return [one.text for one in docx.Document(BytesIO(document)).paragraphs]


@pytest.fixture
def decided(actor: Actors, seance: Seance, follow_up: FollowUp) -> Seance:
    """A séance that reviews the Ateliers, which are followed, and a company whose name is masked."""
    secretariat = actor(CODEFI)
    add_companies(secretariat, seance.pk, [f"{MASKED.siren}00010"])
    company = seance.companies.first()
    Decision(company=company, kind="CLASSER", text="Revue sans suite", author=secretariat.account).save()
    return seance


@pytest.mark.django_db
def test_the_agenda_as_its_secretariat_reads_it(browser: Browser, decided: Seance) -> None:
    answer = browser(CODEFI).get(f"/seances/{decided.pk}/ordre-du-jour.docx")
    assert f"ordre-du-jour-87-{decided.on.isoformat()}.docx" in answer.headers["Content-Disposition"]
    read = lines(answer.content)
    assert read[0] == "Ordre du jour – CODEFI restreint"
    assert "CODEFI 87 – Haute-Vienne, séance du" in read[1]
    assert read[2] == "Données fictives : entreprises, montants et alertes sont inventés."
    assert "1. ATELIERS DU LIMOUSIN, Limoges (811 111 111 00010)" in read
    assert "2. Dénomination non diffusible, Limoges (855 555 555 00010)" in read
    assert any(line.endswith(": Dominique (DGFiP).") for line in read)
    assert "Aucun accompagnement ouvert." in read
    assert not any("Revue sans suite" in line for line in read), "the agenda holds no decision"


@pytest.mark.django_db
def test_the_releve_holds_decisions(browser: Browser, decided: Seance) -> None:
    read = lines(browser(CRP).get(f"/seances/{decided.pk}/releve-de-decisions.docx").content)
    assert any(line.startswith("Classer – Revue sans suite (Dominique (DGFiP), ") for line in read)
    assert "Aucune décision notée." in read


@pytest.mark.django_db
def test_a_paper_holds_what_its_reader_may_read(browser: Browser, actor: Actors, decided: Seance) -> None:
    SeanceMember.objects.create(seance=decided, account=actor(OUTSIDE).account)
    there = lines(browser(CRP).get(f"/seances/{decided.pk}/ordre-du-jour.docx").content)
    elsewhere = lines(browser(OUTSIDE).get(f"/seances/{decided.pk}/ordre-du-jour.docx").content)
    assert any("Accompagnement en cours depuis le" in line for line in there)
    assert not any("Accompagnement en cours depuis le" in line for line in elsewhere)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["ordre-du-jour", "releve-de-decisions"])
def test_a_paper_is_drawn_as_pdf(browser: Browser, decided: Seance, kind: str) -> None:
    answer = browser(CODEFI).get(f"/seances/{decided.pk}/{kind}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_the_page_of_the_pdf_says_the_same_as_the_docx(
    browser: Browser, decided: Seance, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr("signaux_faibles.web.seances.views.draw_pdf", lambda _, known: pages.append(known["paper"]))
    client = browser(CODEFI)
    client.get(f"/seances/{decided.pk}/releve-de-decisions.pdf")
    written = paper_docx(pages[0])  # type: ignore[arg-type]
    assert written == client.get(f"/seances/{decided.pk}/releve-de-decisions.docx").content


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ordre-du-jour.odt", "annexe.pdf", "annexe.docx"])
def test_there_is_no_other_paper(browser: Browser, decided: Seance, name: str) -> None:
    assert browser(CODEFI).get(f"/seances/{decided.pk}/{name}").status_code == 404


@given(st.text(max_size=60))
def test_any_name_is_written_and_read_again(name: str) -> None:
    paper = Paper(safe(name), "", (), (), (PaperItem(safe(f"1. {name}"), (safe(name),)),))
    written = paper_docx(paper)
    assert written == paper_docx(paper), "two readings give the same bytes"
    shown = "".join("".join(lines(written)).split())
    assert shown.count("".join(safe(name).split())) >= len((paper.title, *paper.entries))
    assert docx.Document(BytesIO(written)).core_properties.author == ""


def test_a_name_that_reads_backwards_is_shown_as_it_is() -> None:
    assert safe(f"{ATELIERS.name}\u202e\x00") == f"{ATELIERS.name}<U+202E><U+0000>"
