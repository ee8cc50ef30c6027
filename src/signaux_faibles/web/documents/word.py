"""DOCX files: in French, without author or date, so that the same content gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from signaux_faibles.web.readable import MISLEADING

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORBIDDEN = re.compile(rf"{MISLEADING.pattern}|[\ud800-\udfff\ufffe\uffff]")
"""What misleads a reader, or cannot stand in the XML of a DOCX."""
LONGEST_TITLE = 255


def new_document(title: str) -> Document:
    """An empty document with its title and its language."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.language = safe(title)[:LONGEST_TITLE], "fr-FR"
    properties.author = properties.comments = properties.last_modified_by = ""
    return document


def finished(document: Document) -> bytes:
    """The bytes of the file, its parts without a time: two downloads are then equal."""
    saved, rewritten = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as read, ZipFile(rewritten, "w", ZIP_DEFLATED) as written:
        for part in read.infolist():
            written.writestr(ZipInfo(part.filename), read.read(part), ZIP_DEFLATED)
    return rewritten.getvalue()


def safe(text: str) -> str:
    """A text without misleading characters, each written as reports write it: `<U+202E>`."""
    return FORBIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
