"""The agenda and the relevé of a séance, as its reader may read them; PDF and DOCX are drawn from the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from signaux_faibles.home.manifest import Manifest
from signaux_faibles.web.components.templatetags.french import siren
from signaux_faibles.web.documents.word import safe
from signaux_faibles.web.seances.models import Decision
from signaux_faibles.web.seances.reading import Item, SeanceSheet
from signaux_faibles.wording.french import counted, day_label, local_moment_label

FICTITIOUS = "Données fictives : entreprises, montants et alertes sont inventés."
CIRCLE = "Ce document ne sort pas du cercle des agents habilités."


class PaperKind(Enum):
    """A document of a séance; its value stands in its address."""

    AGENDA = "ordre-du-jour"
    RECORD = "releve-de-decisions"


TITLES = {PaperKind.AGENDA: "Ordre du jour", PaperKind.RECORD: "Relevé de décisions"}


@dataclass(frozen=True)
class PaperItem:
    """A company: its name and place, what is known of its follow-up or was decided."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A document: its title, what its reader must know of it, the members, the companies."""

    title: str
    subtitle: str
    mentions: tuple[str, ...]
    members: tuple[str, ...]
    entries: tuple[PaperItem, ...]


def paper_of(kind: PaperKind, sheet: SeanceSheet, reader: str, day: date, manifest: Manifest) -> Paper:
    """A document of a séance, from what its reader reads on the screen and nothing else."""
    seance = sheet.seance
    footer = f"Document lu le {day_label(day)} par {reader}, données arrêtées au {day_label(manifest.as_of)}. {CIRCLE}"
    lines = followed if kind is PaperKind.AGENDA else _decided
    count = counted(len(sheet.items), "entreprise", "entreprises")
    return Paper(
        title=safe(f"{TITLES[kind]} – {seance.title}"),
        subtitle=f"CODEFI {seance.departement} – {sheet.departement}, séance du {day_label(seance.on)}, {count}",
        mentions=(*((FICTITIOUS,) if manifest.fictitious else ()), safe(footer)),
        members=tuple(safe(one.signature) for one in sheet.members),
        entries=tuple(
            PaperItem(safe(_title(n, one)), tuple(safe(line) for line in lines(one)))
            for n, one in enumerate(sheet.items, start=1)
        ),
    )


def _title(position: int, item: Item) -> str:
    town = f", {item.site.town}" if item.site and item.site.town else ""
    return f"{position}. {item.name}{town} ({siren(item.company.siret)})"


def followed(item: Item) -> tuple[str, ...]:
    """The open follow-up of a company, in a line."""
    if item.line is None:
        return ("Aucun accompagnement ouvert.",)
    who = ", ".join(item.line.referents) or "aucun référent"
    return (f"Accompagnement {item.line.statut.value.lower()} depuis le {day_label(item.line.opened_on)} : {who}.",)


def _decided(item: Item) -> tuple[str, ...]:
    return tuple(_line(one) for one in item.decisions) or ("Aucune décision notée.",)


def _line(decision: Decision) -> str:
    text = f" – {decision.text}" if decision.text else ""
    return f"{decision.words}{text} ({decision.author.signature}, {local_moment_label(decision.at)})"
