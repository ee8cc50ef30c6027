"""The register of INSEE in Parquet and in CSV, its columns typed by whoever wrote the file."""

import io
import re
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.delivered import VALID, delivery, read, read_file, usual_name
from sources.variants.comparing import SAME, rows_of, verdict

FILES = {"sirene": "StockEtablissement_utf8.parquet", "sirene_ul": "StockUniteLegale_utf8.parquet"}
CREATED = {"sirene": "dateCreationEtablissement", "sirene_ul": "dateCreationUniteLegale"}
SIREN, SIRET = "005520143", "00552014300008"
KNOWN = {"sirene": {"siren": SIREN, "nic": "00008", "siret": SIRET}, "sirene_ul": {"siren": SIREN}}


def columnar(kind: str, compression: str = "snappy", **changes: pa.Array) -> bytes:
    """Two units of the register; a column of them written otherwise."""
    record = VALID[kind] | KNOWN[kind]
    columns = {header: pa.array([text or None] * 2, pa.string()) for header, text in record.items()}
    written = io.BytesIO()
    pq.write_table(pa.table(columns | changes), written, compression=compression)
    return written.getvalue()


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usual")
    for kind, name in FILES.items():
        (folder / name).write_bytes(columnar(kind))
    return {kind: rows_of(read_file(folder / name, kind)) for kind, name in FILES.items()}


def twice(value: object, type_: pa.DataType | None = None) -> pa.Array:
    return pa.array([value] * 2, type_)


DAY = date(2010, 5, 17)
OF_BOTH = {
    "as INSEE": {},
    "a day": {"created": twice(DAY, pa.date32())},
    "a moment": {"created": twice(DAY).cast(pa.timestamp("us"))},
    "a moment in nanoseconds": {"created": twice(DAY).cast(pa.timestamp("ns"))},
    "a moment somewhere": {"created": twice(DAY).cast(pa.timestamp("ms", "UTC"))},
    "a text of a moment": {"created": twice("2010-05-17 00:00:00")},
    "a large text": {"siren": twice(SIREN, pa.large_string())},
    "bytes": {"siren": twice(SIREN.encode(), pa.binary())},
    "a dictionary": {"siren": twice(SIREN).dictionary_encode()},
}
NUMBERS = {
    "an integer": twice(5520143, pa.int64()),
    "a small integer": twice(5520143, pa.int32()),
    "a number with decimals": twice(5520143.0, pa.float64()),
    "a decimal": twice("5520143").cast(pa.decimal128(12, 0)),
    "a text": twice("5520143"),
    "a text with blanks": twice("005 520 143"),
}
OF_AN_ESTABLISHMENT = {
    "a boolean": {"etablissementSiege": twice(True)},
    "coordinates as numbers": {"longitude": twice(2.33), "latitude": twice(48.86)},
    "a postcode as an integer": {"codePostalEtablissement": twice(75002)},
    "a postcode with decimals": {"codePostalEtablissement": twice(75002.0)},
    "a commune as an integer": {"codeCommuneEtablissement": twice(75102)},
    "a number in the street as an integer": {"numeroVoieEtablissement": twice(12)},
    "a number in the street with decimals": {"numeroVoieEtablissement": twice(12.0)},
    "a state in small letters": {"etatAdministratifEtablissement": twice("a")},
    "an activity without its point": {"activitePrincipaleEtablissement": twice("6202A")},
    "an activity in small letters, with a blank": {"activitePrincipaleEtablissement": twice("62.02 a")},
}
OF_A_UNIT = {
    "a category as an integer": {"categorieJuridiqueUniteLegale": twice(5499)},
    "a category with decimals": {"categorieJuridiqueUniteLegale": twice(5499.0)},
    "a category as a text with decimals": {"categorieJuridiqueUniteLegale": twice("5499.0")},
    "a column of nothing": {"nomUniteLegale": pa.nulls(2)},
    "a state in small letters": {"etatAdministratifUniteLegale": twice("a")},
    "an activity without its point": {"activitePrincipaleUniteLegale": twice("6202A")},
    "an activity of 2025 in small letters": {"activitePrincipaleNAF25UniteLegale": twice("62.20j")},
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("changes", OF_BOTH.values(), ids=OF_BOTH)
def test_types_do_not_matter(tmp_path, usual, kind, changes):
    named = {CREATED[kind] if name == "created" else name: column for name, column in changes.items()}
    assert verdict(tmp_path, kind, FILES[kind], columnar(kind, **named), usual[kind]) == SAME


@pytest.mark.parametrize(
    ("kind", "changes"),
    [*(("sirene", one) for one in OF_AN_ESTABLISHMENT.values()), *(("sirene_ul", one) for one in OF_A_UNIT.values())],
    ids=[*OF_AN_ESTABLISHMENT, *OF_A_UNIT],
)
def test_nor_do_those_of_the_other_columns(tmp_path, usual, kind, changes):
    assert verdict(tmp_path, kind, FILES[kind], columnar(kind, **changes), usual[kind]) == SAME


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_a_siren_is_the_same_number(tmp_path, usual, number):
    said = verdict(tmp_path, "sirene_ul", FILES["sirene_ul"], columnar("sirene_ul", siren=number), usual["sirene_ul"])
    assert re.fullmatch(f"{SAME}( ; siren : zéros de tête perdus, rétablis .* × 2)?", said), said


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
def test_it_is_read_however_it_is_compressed(tmp_path, usual, compression):
    content = columnar("sirene_ul", compression)
    assert verdict(tmp_path, "sirene_ul", FILES["sirene_ul"], content, usual["sirene_ul"]) == SAME


LOST = "code de commune ou code postal dont le zéro de tête était perdu, rétabli"


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"codeCommuneEtablissement": "1004", "codePostalEtablissement": "1500"}, ("01004", "01500", "01"), {LOST: 1}),
        ({"codeCommuneEtablissement": "01004", "codePostalEtablissement": "1500"}, ("01004", "01500", "01"), {LOST: 1}),
        (
            {"codeCommuneEtablissement": "7510", "codePostalEtablissement": "75002"}, (None, "75002", None),
            {"codeCommuneEtablissement illisible : le département est inconnu": 1},
        ),
        ({"codeCommuneEtablissement": "2A004", "codePostalEtablissement": "20000"}, ("2A004", "20000", "2A"), {}),
        ({"codeCommuneEtablissement": "97105", "codePostalEtablissement": "97100"}, ("97105", "97100", "971"), {}),
        ({"codeCommuneEtablissement": "", "codePostalEtablissement": ""}, (None, None, None), {}),
        ({"codeCommuneEtablissement": "75102", "codePostalEtablissement": "[ND]"}, ("75102", None, "75"), {}),
        (
            {"codeCommuneEtablissement": "PARIS"}, (None, "75002", None),
            {"codeCommuneEtablissement illisible : le département est inconnu": 1},
        ),
    ],
)  # fmt: skip
def test_a_department_is_never_lost_without_a_word(tmp_path, changes, place, said):
    """Without its department a head office is nowhere in France, and its company leaves the perimeter."""
    outcome = read(tmp_path, "sirene", delivery("sirene", changes))
    assert [(row["code_commune"], row["code_postal"], row["departement"]) for row in outcome.rows] == [place]
    assert outcome.report.doubts == said


@pytest.mark.parametrize("text", ["Actif", "", "1", "Ouvert"])
@pytest.mark.parametrize(("kind", "unit"), [("sirene", "Etablissement"), ("sirene_ul", "UniteLegale")])
def test_a_state_in_other_words_is_counted(tmp_path, kind, unit, text):
    outcome = read(tmp_path, kind, delivery(kind, {f"etatAdministratif{unit}": text}, {}))
    assert [row["est_actif"] for row in outcome.rows] == [False, True]
    assert [doubt.split(" (")[0] for doubt in outcome.report.doubts] == ["état administratif inconnu"]


@pytest.mark.parametrize("text", ["SARL", "549", "54990", "5499 "])
def test_a_legal_category_is_four_digits_or_unknown_and_counted(tmp_path, text):
    outcome = read(tmp_path, "sirene_ul", delivery("sirene_ul", {"categorieJuridiqueUniteLegale": text}))
    read_ = "5499" if text.strip() == "5499" else None
    assert [row["categorie_juridique"] for row in outcome.rows] == [read_]
    assert outcome.report.unknowns == ({} if read_ else {"categorieJuridiqueUniteLegale": 1})


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<html></html>", "une page web"),
        (b"siren,nic\n1,2\n", "illisible"),
        (b"PK\x03\x04", "archive"),
        (b"", "illisible"),
    ],
)
def test_what_is_no_parquet_says_what_it_is(tmp_path, kind, content, expected):
    said = verdict(tmp_path, kind, FILES[kind], content, [])
    assert said.startswith("refused: ")
    assert expected in said


@pytest.mark.parametrize("kind", FILES)
def test_a_parquet_under_the_name_of_a_csv_says_so(tmp_path, kind):
    said = verdict(tmp_path, kind, usual_name(kind), columnar(kind), [])
    assert "un fichier Parquet. Donnez-lui un nom en .parquet" in said
