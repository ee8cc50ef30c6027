"""A document of a séance as DOCX, which its secretariat completes by hand."""

from __future__ import annotations

from signaux_faibles.web.documents.word import finished, new_document
from signaux_faibles.web.seances.papers import Paper


def paper_docx(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    document = new_document(paper.title)
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
    return finished(document)
