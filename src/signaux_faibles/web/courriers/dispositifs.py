"""The sheet « Dispositifs ouverts à votre situation »: the same for every company, as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.web.accompagnements.references import dispositifs_in_force
from signaux_faibles.web.documents.word import finished, new_document, safe
from signaux_faibles.wording.french import day_label

TITLE = "Dispositifs ouverts à votre situation"
SAME_FOR_ALL = (
    "Cette fiche est la même pour toutes les entreprises. Elle ne dit rien de la vôtre, et ne vaut ni accord ni "
    "engagement : chaque dispositif s’examine avec son interlocuteur."
)
FIRST_CALL = (
    "Vous ne savez pas à qui vous adresser ? Conseillers-Entreprises vous met en relation avec le bon interlocuteur : "
    "0806 000 245, appel gratuit."
)


@dataclass(frozen=True)
class DescribedDispositif:
    """A dispositif: who runs it, for whom, and where to ask."""

    label: str
    owner: str
    rule: str
    contact: str


CONFIDENTIAL_WAYS = (
    DescribedDispositif(
        "Mandat ad hoc",
        "Président du tribunal",
        "Négocier avec ses créanciers, en toute confidentialité, avant la cessation des paiements",
        "le greffe du tribunal, ou votre avocat",
    ),
    DescribedDispositif(
        "Conciliation",
        "Président du tribunal",
        "Négocier avec ses créanciers, en toute confidentialité ; au plus 45 jours de cessation des paiements",
        "le greffe du tribunal, ou votre avocat",
    ),
)
"""Amicable procedures: no reference list of follow-ups holds them, since there they would say what one company does."""


@dataclass(frozen=True)
class DispositifSheet:
    """The sheet of a day."""

    day: date
    lines: tuple[DescribedDispositif, ...]

    @classmethod
    def of(cls, day: date) -> DispositifSheet:
        """What is in force on a day (service-impact-law §1.13)."""
        described = [
            DescribedDispositif(one.label, one.owner, one.rule, one.contact) for one in dispositifs_in_force(day)
        ]
        return cls(day, (*described, *CONFIDENTIAL_WAYS))

    @property
    def title(self) -> str:
        """Of the document."""
        return TITLE

    @property
    def mentions(self) -> tuple[str, ...]:
        """What its reader must know of it."""
        return (f"En vigueur au {day_label(self.day)}. {SAME_FOR_ALL}", FIRST_CALL)


def sheet_docx(sheet: DispositifSheet) -> bytes:
    """The sheet as a file to join to a letter."""
    document = new_document(TITLE)
    document.add_heading(TITLE, level=1)
    for mention in sheet.mentions:
        document.add_paragraph(mention)
    table = document.add_table(rows=1, cols=4, style="Light Grid")
    for cell, title in zip(table.rows[0].cells, ("Dispositif", "Porteur", "Pour qui", "Contact"), strict=True):
        cell.text = title
    for one in sheet.lines:
        for cell, text in zip(table.add_row().cells, (one.label, one.owner, one.rule, one.contact), strict=True):
            cell.text = safe(text)
    return finished(document)
