"""Bad deliveries of every type: a sentence or rejects, never a crash, and nothing good is lost."""

import gzip
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources import fields
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.fields import EITHER_DATE
from signaux_faibles.sources.reading.opening import opened
from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import SIREN, VALID, Outcome, delivery, read, read_file, records, usual_name

TYPES = [
    kind
    for kind, contract in CONTRACTS.items()
    if not contract.cells and not contract.files.exact[0].endswith(".parquet")
]
"""Delimited files. Those in XML, JSON or Parquet only have a module of their own, named for the type."""
WITH_HEADER = [kind for kind in TYPES if kind != "filter"]
"""A perimeter is refused whole at its first reject: `test_filter.py`."""

every_type = pytest.mark.parametrize("kind", TYPES)
every_type_with_header = pytest.mark.parametrize("kind", WITH_HEADER)


def good(kind: str) -> bytes:
    """A delivery of three records, all good."""
    return delivery(kind, {}, {}, {})


def refusal(read_it: Callable[[], Outcome], file: str) -> str:
    """The sentence of a refusal, which names the file and says what to do."""
    with pytest.raises(DeliveryRefused) as refused:
        read_it()
    sentence = str(refused.value)
    assert re.fullmatch(rf"{re.escape(file)}(, ligne \d+)? : .+\. .+\.", sentence, re.DOTALL), sentence
    return sentence


def _damaged(record: str) -> str:
    """A record with a byte of no encoding in what names a company or, where there is none, an activity."""
    return record.replace(SIREN, "10000\udcff001").replace("6202A;", "62\udcff2A;")


HARMLESS = {
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "blank lines": lambda content: b"\n\n" + content.replace(b"\n", b"\n\n"),
    "no last line end": lambda content: content.rstrip(b"\n"),
    "BOM": lambda content: b"\xef\xbb\xbf" + content,
}

ONE_BAD_RECORD = {
    "too few fields": (lambda record, mark: record.split(mark)[0], "champs? au lieu de"),
    "too many fields": (lambda record, mark: record + mark * 3, "champs au lieu de"),
    "a quote never closed": (lambda record, _: f'"{record}', "guillemet"),
    "a NUL byte": (lambda record, _: f"\0{record}", "octet nul"),
    "a damaged byte": (lambda record, _: _damaged(record), "chiffres|octets illisibles|code NAF"),
    "a line of a page of HTML": (lambda *_: "<html><body>", "au lieu de|chiffres"),
}

BAD_NUMBERS = ["NaN", "-Inf", "Infinity", "0x1p-2", "1e400", "1_000", "--1", "12a"]
TOO_LARGE = ["99999999999999999999", "3e18"]
BAD_DATES = {
    EITHER_DATE: ["2020-02-30", "20200230", "2020-13-01", "01/02/2020", "0999-01-01"],
    fields.ISO_DATE: ["2020-02-30", "0000-01-01", "2020-13-01", "20200101"],
    fields.FRENCH_DATE: ["30/02/2020", "01/13/2020", "01/01/0000"],
    fields.SAS_DATE: ["30FEB2020", "01XXX2020"],
    fields.URSSAF_DATE: ["1200230", "1201301", "-1"],
    fields.PERIOD_START: ["20201", "9", "2020-1"],
}
NUMBERS = (Kind.INTEGER, Kind.REAL, Kind.AMOUNT)


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
@every_type
def test_what_is_only_unusual_is_read(tmp_path, kind, change):
    assert read(tmp_path, kind, change(good(kind))).counts[1:3] == (3, 0)


def bare(text: str) -> str:
    """A text without its accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


HEADERS: dict[str, Callable[[str], str]] = {
    "capitals": lambda name: name if name.startswith("eff2") else name.upper(),
    "small letters": str.lower,
    "blanks around": lambda name: f" {name}\u00a0",
    "quotes": lambda name: f'"{name}"',
    "no accents": bare,
    "accents apart": lambda name: unicodedata.normalize("NFD", name),
    "blanks between words": lambda name: name.replace("_", " "),
    "no-break blanks between words": lambda name: name.replace(" ", "\u00a0").replace("_", "\u202f"),
    "dashes": lambda name: name.replace("–", "-"),
}


@pytest.mark.parametrize("written", HEADERS.values(), ids=HEADERS)
@every_type_with_header
def test_headers_are_the_same_in_each_writing(tmp_path, kind, written):
    separator = CONTRACTS[kind].dialect.separator
    first, *others = records(kind, {}, {})
    usual = read(tmp_path, kind, delivery(kind, {}, {}))
    named = separator.join(written(name) for name in first.split(separator))
    assert read(tmp_path, kind, "\n".join([named, *others]).encode()).rows == usual.rows


@every_type_with_header
def test_columns_come_in_any_order_and_beside_others(tmp_path, kind):
    separator = CONTRACTS[kind].dialect.separator
    usual = read(tmp_path, kind, delivery(kind, {}, {}))
    lines = [separator.join([*reversed(line.split(separator)), "ajoutée"]) for line in records(kind, {}, {})]
    reordered = read(tmp_path, kind, "\n".join(lines).encode()).rows
    assert sorted(reordered, key=repr) == sorted(usual.rows, key=repr), "months are read in the order of their columns"


@pytest.mark.parametrize(("damage", "reason"), ONE_BAD_RECORD.values(), ids=ONE_BAD_RECORD)
@every_type_with_header
def test_a_bad_record_is_refused_alone(tmp_path, kind, damage, reason):
    lines = records(kind, {}, {}, {})
    lines[2] = damage(lines[2], CONTRACTS[kind].dialect.separator)
    content = "\n".join(lines).encode("utf-8", errors="surrogateescape")
    outcome = read(tmp_path, kind, content)
    assert outcome.counts == (3, 2, 1, 0)
    (reject,) = outcome.rejects
    assert reject.line == 3
    assert re.search(reason, reject.reason), reject.reason


def bad_texts(type_: fields.FieldType) -> list[str]:
    """Texts that a type must refuse."""
    if type_.kind in NUMBERS:
        return BAD_NUMBERS if type_.kind is Kind.REAL else BAD_NUMBERS + TOO_LARGE
    return BAD_DATES.get(type_, [])


CELLS = [
    (kind, column.header, column.lenient, bad_texts(column.type))
    for kind in WITH_HEADER
    for column in CONTRACTS[kind].columns
    if column.header in VALID[kind] and bad_texts(column.type)
]


@pytest.mark.parametrize(("kind", "header", "lenient", "texts"), CELLS)
def test_an_impossible_number_or_date_is_refused_or_unknown(tmp_path, kind, header, lenient, texts):
    """A lenient column makes it unknown and counts it; any other refuses the record and names the column."""
    outcome = read(tmp_path, kind, delivery(kind, *({header: text} for text in texts), {}))
    if lenient:
        assert outcome.report.unknowns == {header: len(texts)}
        assert outcome.counts == (len(texts) + 1, len(texts) + 1, 0, 0)
    else:
        assert outcome.counts == (len(texts) + 1, 1, len(texts), 0)
        assert all(f"{header} « {text} »" in reason for text, reason in zip(texts, outcome.reasons, strict=True))


@every_type_with_header
def test_an_overlong_text_is_refused(tmp_path, kind):
    texts = [c.header for c in CONTRACTS[kind].columns if c.type is fields.TEXT and c.header in VALID[kind]]
    for header in texts or [CONTRACTS[kind].columns[0].header]:
        outcome = read(tmp_path, kind, delivery(kind, {header: "9" * 1_001}, {}))
        assert outcome.counts == (2, 1, 1, 0)
        assert f"{header} : texte de plus de" in outcome.reasons[0]
        assert len(outcome.rejects[0].content) <= 1_001


@every_type
def test_records_with_the_same_key_are_all_kept(tmp_path, kind):
    """Contract W6, W10: also two head offices of one company; the clean rules settle them."""
    outcome = read(tmp_path, kind, good(kind))
    assert outcome.counts[1] == 3


@every_type
def test_an_empty_file_is_refused(tmp_path, kind):
    for content in (b"", b"\n\n", b"\r\n", b"\xef\xbb\xbf"):
        assert "fichier vide" in refusal(lambda content=content: read(tmp_path, kind, content), usual_name(kind))


@every_type_with_header
def test_a_file_of_headers_only_has_no_rows(tmp_path, kind):
    assert read(tmp_path, kind, delivery(kind)).counts == (0, 0, 0, 0)


@every_type_with_header
def test_a_missing_column_is_named(tmp_path, kind):
    for header, absent in CONTRACTS[kind].headers().items():
        content = "\n".join(records(kind)).replace(header, f"{header}_bis", 1)
        if absent or header not in VALID[kind] or f"{header}_bis" not in re.split("[;,]", content):
            continue
        sentence = refusal(lambda content=content: read(tmp_path, kind, content.encode()), usual_name(kind))
        assert f"colonne {header} introuvable" in sentence


@every_type_with_header
def test_a_column_delivered_twice_is_named(tmp_path, kind):
    mark = CONTRACTS[kind].dialect.separator
    header = next(iter(CONTRACTS[kind].headers()))
    content = "\n".join(f"{line}{mark}{header}" for line in records(kind, {}))
    assert f"la colonne {header} figure 2 fois" in refusal(
        lambda: read(tmp_path, kind, content.encode()), usual_name(kind)
    )


@every_type_with_header
def test_another_separator_is_a_missing_column(tmp_path, kind):
    mark = CONTRACTS[kind].dialect.separator
    content = good(kind).replace(mark.encode(), b"\t")
    assert "Le format a changé ou le séparateur" in refusal(lambda: read(tmp_path, kind, content), usual_name(kind))


@every_type
def test_a_file_in_utf16_is_refused(tmp_path, kind):
    content = good(kind).decode().encode("utf-16")
    assert "UTF-16" in refusal(lambda: read(tmp_path, kind, content), usual_name(kind))


def zipped(*contents: bytes) -> bytes:
    """An archive of so many files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for place, content in enumerate(contents):
            file.writestr(f"{place}.csv", content)
    return archive.getvalue()


def patched(content: bytes, offset: int, value: int) -> bytes:
    """An archive of one file, a byte of its directory changed: 6 is the version of zip, 8 the way of packing."""
    archive = bytearray(zipped(content))
    archive[archive.index(b"PK\x01\x02") + offset] = value
    return bytes(archive)


def test_a_member_without_a_name_is_a_file_like_another(tmp_path):
    """Found by `sf fuzz` (seed 77): the standard library asks for the last letter of an empty name."""
    path = tmp_path / "sigfaible_debits.csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), good("debit"))
    with opened(path) as stream:
        assert stream.read() == good("debit")


@every_type
def test_a_sound_archive_is_read(tmp_path, kind):
    for ending, content in ((".gz", gzip.compress(good(kind))), (".zip", zipped(good(kind)))):
        path = tmp_path / f"{usual_name(kind)}{ending}"
        path.write_bytes(content)
        assert read_file(path, kind).counts[1:3] == (3, 0)


ARCHIVES = {
    "truncated gz": (".gz", lambda content: gzip.compress(content)[:-9], "archive tronquée ou abîmée"),
    "cut gz": (".gz", lambda content: gzip.compress(content)[:30], "archive tronquée ou abîmée"),
    "false gz": (".gz", lambda content: content, "archive tronquée ou abîmée"),
    "empty gz": (".gz", lambda _: gzip.compress(b""), "fichier vide"),
    "truncated zip": (".zip", lambda content: zipped(content)[:-30], "archive tronquée ou abîmée"),
    "false zip": (".zip", lambda content: content, "archive tronquée ou abîmée"),
    "zip of two files": (".zip", lambda content: zipped(content, content), "un seul fichier, elle en a 2"),
    "zip of no file": (".zip", lambda _: zipped(), "un seul fichier, elle en a 0"),
    "zip of a version to come": (".zip", lambda content: patched(content, 6, 233), "compression inconnue"),
    "zip of patches": (".zip", lambda content: patched(content, 8, 0x20), "compression inconnue"),
    "damaged zip": (".zip", lambda content: zipped(content).replace(zipped(content)[50:54], b"\0\0\0\0"), "archive"),
}


@pytest.mark.parametrize(("ending", "change", "sentence"), ARCHIVES.values(), ids=ARCHIVES)
@every_type
def test_a_bad_archive_is_refused(tmp_path, kind, ending, change, sentence):
    path = tmp_path / f"{usual_name(kind)}{ending}"
    path.write_bytes(change(good(kind)))
    assert sentence in refusal(lambda: read_file(path, kind), path.name)


@every_type
def test_a_folder_or_nothing_in_place_of_a_file_is_refused(tmp_path, kind):
    for ending in ("", ".gz", ".zip"):
        path = tmp_path / f"{usual_name(kind)}{ending}"
        assert "fichier introuvable" in refusal(lambda path=path: read_file(path, kind), path.name)
        path.mkdir()
        assert "c'est un dossier" in refusal(lambda path=path: read_file(path, kind), path.name)


@pytest.mark.parametrize("kind", ["debit", "sirene"])
def test_a_line_of_100_megabytes_is_named(tmp_path, kind):
    content = good(kind) + b"9" * 100_000_000 + b"\n" + good(kind)
    assert ", ligne 5 : la ligne dépasse 16 Mo" in refusal(lambda: read(tmp_path, kind, content), usual_name(kind))


PARQUET = ["sirene", "sirene_ul", "sirene_histo"]


def parquet(folder, kind: str, table: pa.Table):
    """A Parquet delivery of a type."""
    path = folder / next(name for name in CONTRACTS[kind].files.exact if name.endswith(".parquet"))
    pq.write_table(table, path)
    return path


@pytest.mark.parametrize("kind", PARQUET)
def test_a_bad_parquet_is_refused(tmp_path, kind):
    table = pa.table({header: pa.array([text] * 3) for header, text in VALID[kind].items()})
    path = parquet(tmp_path, kind, table)
    whole = path.read_bytes()
    assert read_file(path, kind).counts == (3, 3, 0, 0)
    not_utf8 = whole.replace(SIREN.encode(), b"\xf0" * 9)
    for content in (b"", b"siren\n123456789\n", whole[: len(whole) // 2], b"PAR1" + whole[400:], not_utf8):
        path.write_bytes(content)
        assert "Parquet illisible" in refusal(lambda: read_file(path, kind), path.name)
    parquet(tmp_path, kind, table.drop_columns(["siret" if kind == "sirene_histo" else "siren"]))
    assert "introuvable" in refusal(lambda: read_file(path, kind), path.name)
    path.unlink()
    assert "introuvable" in refusal(lambda: read_file(path, kind), path.name)
    path.mkdir()
    assert "c'est un dossier" in refusal(lambda: read_file(path, kind), path.name)


@pytest.mark.parametrize("kind", PARQUET)
def test_a_parquet_of_other_types_is_read_or_rejected(tmp_path, kind):
    """Identifiers that are no siren are rejects, and so are lists; an empty text is unknown."""
    columns = {header: pa.array([text] * 3) for header, text in VALID[kind].items()}
    key = "siret" if kind == "sirene_histo" else "siren"
    outcome = read_file(parquet(tmp_path, kind, pa.table(columns | {key: pa.array([1, 2, None])})), kind)
    assert outcome.counts == (3, 0, 3, 0)
    path = parquet(tmp_path, kind, pa.table(columns | {key: pa.array([["x"]] * 3)}))
    assert read_file(path, kind).counts == (3, 0, 3, 0)
