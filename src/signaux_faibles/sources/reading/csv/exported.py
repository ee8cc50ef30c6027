"""The text of a file that an application exported, whatever its encoding, and the separator of its columns."""

from __future__ import annotations

from pathlib import Path

_SEPARATORS = (",", ";", "\t", "|")


class ExportUnreadable(Exception):
    """The file cannot be read as text; the message is a French sentence that says what to do."""


def exported_text(path: Path, largest: int) -> str:
    """The text of a file, from UTF-8 with or without its mark, UTF-16 or cp1252.

    Args:
        largest: a file of more bytes cannot be such an export.
    Raises:
        ExportUnreadable: the file cannot be read, is too large, or is in no such encoding.
    """
    try:
        if path.stat().st_size > largest:
            raise ExportUnreadable(f"{path.name} : le fichier dépasse {largest >> 20} Mio, ce n'est pas un tel export.")
        content = path.read_bytes()
    except OSError as error:
        raise ExportUnreadable(f"{path} : fichier illisible ({error.strerror}).") from error
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise ExportUnreadable(f"{path.name} : encodage inconnu. Enregistrez le fichier en UTF-8.")


def separator_of(header: str) -> str:
    """The separator found most often in a line of headers."""
    return max(_SEPARATORS, key=header.count)
