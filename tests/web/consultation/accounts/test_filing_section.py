"""What the sheet of a company says of the filing of its accounts: the days, and never more than is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, CLOSED, ELEONORE, IN_PROCEDURE, TOO_SMALL
from signaux_faibles.snapshot.served.filing import ExerciceFiling
from signaux_faibles.tables.filing import delays
from signaux_faibles.web.consultation.accounts.filing_section import FilingLine, FilingSection
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict

Session = Callable[[str], Client]
TITLE = "Dépôt des comptes"
CLOSING, LIMIT, AS_OF = date(2024, 12, 31), date(2025, 8, 31), date(2026, 10, 31)


def read(html: str) -> str:
    """The text as it is read: no tag, one blank between words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\u202f", " ").replace("\u00a0", " "))


def said(client: Client, siren: str) -> str:
    return read(client.get(f"/entreprises/{siren}").content.decode())


def block(*filings: ExerciceFiling) -> str:
    lines = tuple(FilingLine(filing) for filing in filings)
    section = FilingSection(Verdict(True, Reason.OPEN), AS_OF, lines)
    return read(render_to_string("consultation/_filing.html", {"filing": section}))


STATES = {
    delays.IN_TIME: (date(2025, 8, 31), 0, "31 août 2025 aucun"),
    delays.LATE: (date(2026, 9, 5), 370, "5 septembre 2026 370 jours Date"),
    delays.UNDATED: (None, None, "Déposé, date inconnue —"),
    delays.DUE: (None, None, "Délai en cours —"),
    delays.MISSING: (None, 1_157, "Non déposé à ce jour 1 157 jours au 31 octobre 2026"),
    delays.UNSEEN: (None, None, "Sans dépôt connu période non couverte par les fichiers ; cela ne prouve rien —"),
    delays.PERHAPS_WITHHELD: (
        None,
        None,
        "Sans dépôt public comptes peut-être confidentiels ; cela ne prouve rien —",
    ),
    delays.UNREAD: (None, None, "Sans dépôt lisible un dépôt a été refusé à la lecture ; cela ne prouve rien —"),
}


@pytest.mark.parametrize("state", STATES)
def test_an_exercice_is_said(state: str) -> None:
    filed_on, days, words = STATES[state]
    line = block(ExerciceFiling(CLOSING, LIMIT, state, filed_on, days))
    assert f"31 décembre 2024 31 août 2025 {words}" in line


def test_one_day_late_is_singular() -> None:
    assert "1er septembre 2025 1 jour Date" in block(ExerciceFiling(CLOSING, LIMIT, delays.LATE, date(2025, 9, 1), 1))


@pytest.mark.parametrize(
    ("closing", "prolonged"),
    [
        (date(2019, 9, 29), False),
        (date(2019, 9, 30), True),
        (date(2020, 8, 10), True),
        (date(2020, 8, 11), False),
    ],
)
def test_the_prolonged_deadlines_are_explained_where_one_is_shown(closing: date, prolonged: bool) -> None:
    page = block(
        ExerciceFiling(CLOSING, LIMIT, delays.DUE, None, None),
        ExerciceFiling(closing, LIMIT, delays.IN_TIME, LIMIT, 0),
    )
    assert ("3 mois de plus pour les clôtures du 30 septembre 2019 au 10 août 2020" in page) is prolonged
    assert "Date limite : 8 mois après la clôture" in page


SENTENCES = {
    "filed in time, on a day or not": (
        ATELIERS.siren,
        ["31 décembre 2025 31 août 2026 10 juillet 2026 aucun", "31 août 2024 Déposé, date inconnue —"],
    ),
    "late, not filed, and of which nothing is known": (
        BRETONNE.siren,
        [
            "31 août 2026 Sans dépôt connu période non couverte par les fichiers ; cela ne prouve rien —",
            "31 août 2025 Non déposé à ce jour 426 jours au 31 octobre 2026",
            "31 août 2024 4 décembre 2024 95 jours",
        ],
    ),
    "perhaps secret, and not yet due": (
        IN_PROCEDURE.siren,
        ["28 février 2027 Délai en cours —", "29 février 2024 Sans dépôt public comptes peut-être confidentiels"],
    ),
    "the profit and loss account is confidential, the day of filing is not": (
        CEVENOL.siren,
        ["31 août 2026 1er juillet 2026 aucun"],
    ),
}


@pytest.mark.parametrize(("siren", "sentences"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sheet_says(signed_in: Session, siren: str, sentences: list[str]) -> None:
    page = said(signed_in("CRP de la zone"), siren)
    assert TITLE in page
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_an_older_exercice_is_not_shown(signed_in: Session) -> None:
    assert "30 juin 2021 28 février 2022" not in said(signed_in("CRP de la zone"), IN_PROCEDURE.siren)


def test_accounts_without_a_deadline_say_why() -> None:
    assert "Aucune date limite n’est calculée pour cette entreprise" in block()


@pytest.mark.parametrize("company", [ELEONORE, TOO_SMALL, CLOSED], ids=lambda one: one.name)
def test_without_any_account_there_is_no_block(signed_in: Session, company: object) -> None:
    assert TITLE not in said(signed_in("CRP de la zone"), company.siren)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["CRP d'une autre zone", "habilitations échues", "Urssaf sans détection"])
def test_the_days_of_filing_are_open_to_every_agent(signed_in: Session, kind: str) -> None:
    assert "4 décembre 2024 95 jours" in said(signed_in(kind), BRETONNE.siren)


def test_the_administrator_of_the_product_reads_none_of_them(signed_in: Session) -> None:
    page = said(signed_in("administrateur du produit"), BRETONNE.siren)
    assert TITLE not in page
    assert "95 jours" not in page
