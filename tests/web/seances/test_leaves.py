"""One page per company of a séance: each reader takes what they may read, and the journal says so."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
import weasyprint
from django.template.loader import render_to_string
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, MASKED
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.documents.pdf import STYLE
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.agent import CompanyTies
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.seances.leaves import Leaf, Leaves
from signaux_faibles.web.seances.models import Seance, SeanceCompany
from signaux_faibles.web.seances.preparing import add_companies

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]


def words(client: Client, seance: Seance) -> str:
    answer = client.get(f"/seances/{seance.pk}/fiches.docx")
    assert answer.status_code == 200
    read = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


@pytest.fixture
def filled(actor: Actors, seance: Seance) -> Seance:
    add_companies(actor(CODEFI), seance.pk, [f"{one.siren}00010" for one in (MASKED, ELEONORE)])
    return seance


@pytest.mark.parametrize(
    ("kind", "reads", "closed"),
    [
        (CRP, ("Alerte élevée", "52\u202f340\u00a0€"), ()),
        (URSSAF, ("52\u202f340\u00a0€", "Le niveau d’alerte ne vous est pas ouvert."), ("Alerte élevée",)),
        (DARP, ("Alerte élevée", "Fermé"), ("52\u202f340\u00a0€",)),
    ],
)
def test_each_reader_takes_what_they_may_read(
    browser: Browser, filled: Seance, kind: str, reads: tuple[str, ...], closed: tuple[str, ...]
) -> None:
    page = words(browser(kind), filled)
    for said in ("1. ATELIERS DU LIMOUSIN, Limoges", "2. Dénomination non diffusible", "Données fictives", *reads):
        assert said in page, said
    for hidden in closed:
        assert hidden not in page


def test_each_company_is_journalled_as_an_export_before_the_file_leaves(browser: Browser, filled: Seance) -> None:
    assert browser(CRP).get(f"/seances/{filled.pk}/fiches.pdf").content[:4] == b"%PDF"
    rows = Entry.objects.filter(kind="EXPORT")
    assert {one.subject for one in rows} == {one.siren for one in (ATELIERS, MASKED, ELEONORE)}


@pytest.mark.parametrize(("kind", "status"), [(OUTSIDE, 404), (PRODUCT, 404), (CODEFI, 200)])
def test_only_its_readers_take_them(browser: Browser, filled: Seance, kind: str, status: int) -> None:
    assert browser(kind).get(f"/seances/{filled.pk}/fiches.docx").status_code == status
    assert browser(kind).get(f"/seances/{filled.pk}/fiches.odt").status_code == 404


def test_a_company_that_left_the_register_and_one_of_another_zone(browser: Browser, filled: Seance) -> None:
    SeanceCompany.objects.create(seance=filled, siret="00000000000000", position=8)
    SeanceCompany.objects.create(seance=filled, siret=f"{BRETONNE.siren}00010", position=9)
    page = words(browser(CRP), filled)
    assert "4. Établissement absent du répertoire" in page
    assert "5. MÉCANIQUE BRETONNE, Rennes" in page
    assert "91" not in page[page.index("5. MÉCANIQUE") : page.index("Accompagnement", page.index("5. MÉCANIQUE"))]


def test_an_empty_agenda_and_two_readings(browser: Browser, coming: Seance) -> None:
    address = f"/seances/{coming.pk}/fiches.docx"
    assert "Aucune entreprise à l’ordre du jour." in words(browser(CODEFI), coming)
    assert browser(CODEFI).get(address).content == browser(CODEFI).get(address).content


def test_a_full_leaf_holds_on_one_page() -> None:
    """As many facts, reasons and signals as a company may have, each as long as they come."""
    long = (
        "Dette sociale rapportée aux cotisations : 42 % des cotisations, contre 3 % en médiane dans son secteur. " * 2
    )
    facts = tuple((f"Fait numéro {n}", "1 234 567 €", "au 20 octobre 2026, +12 345 € en 3 mois") for n in range(8))
    sections = (("Détection", (long,) * 5), ("Signaux d’experts", (long,) * 5), ("Accompagnement", (long,)))
    leaf = Leaf(
        "1. ATELIERS DU LIMOUSIN, Limoges", f"Établissement {SIRET}", facts, (*sections, ("Fermé", (long,) * 2))
    )
    page = render_to_string("seances/leaves.html", {"leaves": Leaves("Fiches", long, (leaf, leaf, leaf))})
    drawn = weasyprint.HTML(string=page).render(stylesheets=[weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"))])
    assert len(drawn.pages) == 3


@pytest.mark.parametrize("family", Family)
def test_what_is_never_exported_is_closed_in_a_file(actor: Actors, family: Family) -> None:
    who = actor(CODEFI)
    author = Author(who.account.email)
    reader = Reader(who.account, who.agent, lambda _, near: CompanyTies(near), who.today, author, in_a_file=True)
    decision = reader.asking(CEVENOL.siren, frozenset({"87"}))(family)
    assert (decision.why is Reason.NEVER_EXPORTED) is (family is Family.BDF)
    assert decision.allowed is (family in (Family.OPEN, *who.agent.habilitations))
