"""Delimited files as portals, spreadsheets, editors and broken downloads write them, for every reader of them."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable

import pytest

from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import VALID, read, usual_name
from sources.variants.comparing import SAME, rows_of, verdict

KINDS = ("apconso", "apdemande", "bodacc", "debit", "effectif_ent", "procol", "ratios_inpi_bce", "sirene", "sirene_ul")


def table(kind: str, *, count: int = 3, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n", mark: str = "") -> str:
    """Records of a type as a program writes them."""
    written = io.StringIO()
    separator = mark or CONTRACTS[kind].dialect.separator
    writer = csv.writer(written, delimiter=separator, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerows([list(VALID[kind]), *[list(VALID[kind].values())] * count])
    return written.getvalue()


def zipped(**members: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


def separator_of(kind: str) -> str:
    return CONTRACTS[kind].dialect.separator


def other_separator(kind: str) -> str:
    return "," if separator_of(kind) == ";" else ";"


def with_index(kind: str) -> bytes:
    """As pandas writes a table with its index, the first column without a name."""
    mark = separator_of(kind)
    head, *lines = table(kind).splitlines()
    return "\n".join([mark + head, *(f"{rank}{mark}{line}" for rank, line in enumerate(lines)), ""]).encode()


def cut(kind: str) -> bytes:
    """Without the half of the last line."""
    *lines, last = table(kind).splitlines()
    return "\n".join([*lines, last[: len(last) // 2]]).encode()


ALIKE: dict[str, Callable[[str], bytes]] = {
    "as usual": lambda kind: table(kind).encode(),
    "all quoted": lambda kind: table(kind, quoting=csv.QUOTE_ALL).encode(),
    "returns": lambda kind: table(kind, end="\r\n").encode(),
    "a mark of encoding": lambda kind: table(kind).encode("utf-8-sig"),
    "a mark of encoding, all quoted": lambda kind: table(kind, quoting=csv.QUOTE_ALL).encode("utf-8-sig"),
    "a separator at the end of each line": lambda kind: (
        "\n".join(line + separator_of(kind) for line in table(kind).splitlines()) + "\n"
    ).encode(),
    "an index": with_index,
    "blank lines at the end": lambda kind: table(kind).encode() + b"\n\r\n\n",
    "a zip": lambda kind: zipped(donnees=table(kind).encode()),
    "a zip made by a Mac": lambda kind: zipped(
        **{"dossier/a.csv": table(kind).encode(), "__MACOSX/dossier/._a.csv": b"x", "dossier/.DS_Store": b"y"}
    ),
    "a gz": lambda kind: gzip.compress(table(kind).encode()),
    "several gz one after the other": lambda kind: b"".join(map(gzip.compress, table(kind).encode().splitlines(True))),
}

OTHERWISE: dict[str, tuple[Callable[[str], bytes], str]] = {
    "another separator": (lambda kind: table(kind, mark=other_separator(kind)).encode(), "refused: .* séparateur"),
    "tabs": (lambda kind: table(kind, mark="\t").encode(), "refused: .* séparateur"),
    "a line for a spreadsheet": (
        lambda kind: f"sep={separator_of(kind)}\n{table(kind)}".encode(), "refused: .* introuvable",
    ),
    "a title": (lambda kind: b"Extraction du 1er mars\n\n" + table(kind).encode(), "refused: .* introuvable"),
    "no headers": (lambda kind: table(kind).split("\n", 1)[1].encode(), "refused: .* introuvable"),
    "returns alone": (lambda kind: table(kind, end="\r").encode(), "refused: .*(retour seul|introuvable)"),
    "UTF-16": (lambda kind: table(kind).encode("utf-16"), "refused: .* UTF-16"),
    "UTF-16 without mark": (lambda kind: table(kind).encode("utf-16-le"), "refused: .* UTF-8"),
    "UTF-32": (lambda kind: table(kind).encode("utf-32"), "refused: .* UTF-16"),
    "the last line cut": (cut, "n'a pas de fin.* 1 rejected: .* champs au lieu de"),
    "a total": (lambda kind: f"{table(kind)}Total\n".encode(), f"{SAME} ; 1 rejected: "),
    "a count of a database": (lambda kind: f"{table(kind)}(3 rows)\n".encode(), f"{SAME} ; 1 rejected: "),
    "a mark of the end of MS-DOS": (lambda kind: table(kind).encode() + b"\x1a", f"{SAME} ; .*1 rejected: "),
    "headers again in the middle": (
        lambda kind: f"{table(kind, count=1)}{table(kind, count=2)}".encode(),
        f"({SAME} ; (1 rejected: |.* × 1$))|refused: .* l'en-tête revient, suivi de lignes déjà lues",
    ),
    "a separator too many": (
        lambda kind: f"{table(kind)}{table(kind, count=1).splitlines()[1]}{separator_of(kind)}\n".encode(),
        f"{SAME} ; 1 rejected: .* champs au lieu de",
    ),
    "nothing": (lambda _: b"", "refused: .* fichier vide"),
    "a page of an error": (lambda _: b"<!DOCTYPE html>\n<html><body>503</body></html>", "refused: .* une page web"),
    "an answer of an error": (lambda _: b'{"error_code": "NotFound"}\n', "refused: .* du JSON"),
    "Parquet": (lambda _: b"PAR1\x15\x04\x15", "refused: .* un fichier Parquet"),
    "a PDF": (lambda _: b"%PDF-1.7\n", "refused: .* un document PDF"),
    "a workbook of 1997": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "refused: .* un classeur"),
    "a workbook": (lambda _: zipped(**{"[Content_Types].xml": b"<a/>", "b.xml": b"<b/>"}), "refused: .* un classeur"),
    "packed twice": (lambda kind: gzip.compress(gzip.compress(table(kind).encode())), "refused: .* dans une archive"),
    "packed with a notice": (lambda kind: zipped(a=table(kind).encode(), b=b"x"), "refused: .* un seul fichier"),
    "a gz cut": (lambda kind: gzip.compress(table(kind).encode())[:-7], "refused: .* tronquée"),
}  # fmt: skip


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """The rows of each type as usually written."""
    folder = tmp_path_factory.mktemp("usual")
    return {kind: rows_of(read(folder, kind, table(kind).encode())) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_writings_that_say_the_same_are_read_alike(tmp_path, usual, kind):
    written = {name: write(kind) for name, write in ALIKE.items()}
    found = {name: verdict(tmp_path, kind, usual_name(kind), text, usual[kind]) for name, text in written.items()}
    assert found == dict.fromkeys(ALIKE, SAME)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_such_a_file_is_refused_in_a_sentence_or_line_by_line(tmp_path, usual, kind):
    said = {
        name: verdict(tmp_path, kind, usual_name(kind), write(kind), usual[kind])
        for name, (write, _) in OTHERWISE.items()
    }
    assert {name: text for name, text in said.items() if not re.search(OTHERWISE[name][1], text)} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_last_line_without_end_is_read_and_said(tmp_path, usual, kind):
    said = verdict(tmp_path, kind, usual_name(kind), table(kind).rstrip("\n").encode(), usual[kind])
    assert said.startswith(f"{SAME} ; ")
    assert "la dernière ligne n'a pas de fin" in said
