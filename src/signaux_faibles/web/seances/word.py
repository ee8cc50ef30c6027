"""A document of a séance as DOCX, which its secretariat completes by hand."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from signaux_faibles.web.seances.papers import Paper

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper_docx(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    document = docx.Document()
    _set_properties(document, paper.title)
    document.add_heading(paper.title, level=1)
    document.add_paragraph(paper.subtitle)
    for mention in paper.mentions:
        document.add_paragraph().add_run(mention).italic = True
    document.add_heading("Membres", level=2)
    for member in paper.members or ("Aucun membre nommé.",):
        document.add_paragraph(member, style="List Bullet")
    document.add_heading("Entreprises", level=2)
    for entry in paper.entries:
        document.add_heading(entry.title, level=3)
        for line in entry.lines:
            document.add_paragraph(line)
    if not paper.entries:
        document.add_paragraph("Aucune entreprise à l’ordre du jour.")
    written = BytesIO()
    document.save(written)
    return _without_moments(written.getvalue())


def _set_properties(document: Document, title: str) -> None:
    """The title and the language; neither an author nor a moment, which the file would take from its model."""
    properties = document.core_properties
    properties.title, properties.language = title[:255], "fr-FR"
    properties.author = properties.comments = properties.last_modified_by = ""


def _without_moments(document: bytes) -> bytes:
    """The same file, whose parts bear no moment: they would differ between two readings."""
    kept = BytesIO()
    with ZipFile(BytesIO(document)) as read, ZipFile(kept, "w", ZIP_DEFLATED) as written:
        for part in read.infolist():
            written.writestr(ZipInfo(part.filename), read.read(part), ZIP_DEFLATED)
    return kept.getvalue()
