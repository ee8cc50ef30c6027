"""One page per company of a séance, by the rights of its reader: PDF and DOCX are drawn from the same lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from docx.shared import Cm, Pt

from signaux_faibles.home.manifest import Manifest
from signaux_faibles.web.components.templatetags.french import siren
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.documents.word import finished, new_document, safe
from signaux_faibles.web.seances.papers import CIRCLE, FICTITIOUS, followed
from signaux_faibles.web.seances.reading import Item, SeanceSheet
from signaux_faibles.wording.french import day_label

MOST_SIGNALS = 5
"""As many as leave the page whole."""
OUT, CLOSED = "Hors périmètre : non évaluée.", "Le niveau d’alerte ne vous est pas ouvert."


@dataclass(frozen=True)
class Leaf:
    """The page of a company: its facts (title, value, detail), then sentences under their headings."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Leaves:
    """The pages of a séance, and what their reader must know of them."""

    title: str
    mention: str
    leaves: tuple[Leaf, ...]


def leaves_of(
    seance: SeanceSheet, sheets: Mapping[str, CompanySheet], reader: str, day: date, manifest: Manifest
) -> Leaves:
    """The pages of the companies of a séance, in the order of its agenda.

    Args:
        sheets: by siren, what the reader may take in a file; a company that left the register has none.
    """
    footer = f"Lu le {day_label(day)} par {reader}, données arrêtées au {day_label(manifest.as_of)}. {CIRCLE}"
    session = seance.seance
    return Leaves(
        title=safe(f"Fiches – {session.title}, {day_label(session.on)}"),
        mention=safe(f"{FICTITIOUS} {footer}" if manifest.fictitious else footer),
        leaves=tuple(_leaf(n, one, sheets.get(one.siren)) for n, one in enumerate(seance.items, start=1)),
    )


def leaves_docx(leaves: Leaves) -> bytes:
    """The file, a page for each company."""
    document = new_document(leaves.title)
    document.styles["Normal"].font.size = Pt(9)
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    for number, one in enumerate(leaves.leaves):
        heading = document.add_heading(one.title, level=1)
        heading.paragraph_format.page_break_before = bool(number)
        document.add_paragraph(one.subtitle)
        document.add_paragraph().add_run(leaves.mention).italic = True
        table = document.add_table(rows=0, cols=2, style="Light Grid")
        for title, value, detail in one.facts:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = title, f"{value} ({detail})" if detail else value
        for title, lines in one.sections:
            document.add_heading(title, level=2)
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
    if not leaves.leaves:
        document.add_paragraph("Aucune entreprise à l’ordre du jour.")
    return finished(document)


def _leaf(position: int, item: Item, sheet: CompanySheet | None) -> Leaf:
    town = f", {item.site.town}" if item.site and item.site.town else ""
    title = safe(f"{position}. {item.name}{town}")
    subtitle = f"Établissement {siren(item.company.siret)}"
    if sheet is None:
        return Leaf(title, subtitle, (), (("Accompagnement", tuple(map(safe, followed(item)))),))
    activity = next((one.label for one in sheet.company.activities if one.label), "")
    return Leaf(
        title=title,
        subtitle=safe(f"{subtitle}{f' – {activity}' if activity else ''}"),
        facts=tuple((one.title, safe(one.value), safe(one.detail)) for one in sheet.facts),
        sections=tuple((heading, tuple(map(safe, lines))) for heading, lines in _sections(item, sheet) if lines),
    )


def _sections(item: Item, sheet: CompanySheet) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Détection", tuple(_detection(sheet))
    yield "Signaux d’experts", tuple(f"{one.title} : {one.sentence}" for one, _ in sheet.signals[:MOST_SIGNALS])
    yield "Accompagnement", followed(item)
    yield "Ce qui vous est fermé", tuple(one.title for one in sheet.refused)


def _detection(sheet: CompanySheet) -> Iterator[str]:
    alert = sheet.alert
    if sheet.exclusions:
        yield OUT
    elif not alert.decision.allowed:
        yield CLOSED
    elif alert.published and alert.entry:
        level = alert.entry.level.label if alert.entry.level else "Pas d’alerte"
        first = ", 1ère alerte" if alert.entry.level and alert.entry.first_alert else ""
        yield f"{level}{first} (liste {alert.published.label})."
        yield from alert.sentences
        if alert.explanation and alert.explanation.confidential:
            yield "Et des motifs que vos habilitations n’ouvrent pas."
