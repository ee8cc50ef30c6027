"""Values in other spellings than the usual one: blanks, hours, lost zeros; in files of every format."""

import json
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.sources.spellings.blanks import BLANKS
from sources.delivered import DATA, VALID, Outcome, delivery, read, read_file

AS_MET = DATA / "as_met"
RESTORED = "zéros de tête perdus, rétablis (clé de contrôle exacte)"


def test_days_with_an_empty_hour_are_days():
    outcome = read_file(AS_MET / "hours_after_days_apdemande.csv", "apdemande")
    assert [(row["periode_debut"], row["periode_fin"]) for row in outcome.rows] == [
        (date(2020, 3, 1), date(2025, 6, 30)),
        (date(2025, 6, 1), date(2020, 4, 30)),
    ]
    (consumed,) = read_file(AS_MET / "hours_after_days_apconso.csv", "apconso").rows
    assert consumed["periode"] == date(2025, 6, 1)


DAYS = [
    (kind, column.header)
    for kind, record in VALID.items()
    for column in CONTRACTS[kind].columns
    if column.header
    and column.type.kind is Kind.DATE
    and record.get(column.header)
    and "Urssaf" not in column.type.name
]


@pytest.mark.parametrize(("kind", "header"), DAYS)
@pytest.mark.parametrize("hour", [" 00:00:00", "T00:00:00+02:00", "\u00a00:00", "\t"])
def test_every_day_of_every_file_may_have_an_hour(tmp_path, kind, header, hour):
    plain, other = read(tmp_path, kind, delivery(kind, {}, {header: VALID[kind][header] + hour})).rows
    assert {**plain, "line": 0} == {**other, "line": 0}


BLANK_AROUND = [
    ("apdemande", "ETAB_SIRET", "siret"),
    ("apdemande", "ID_DA", "id_demande"),
    ("apdemande", "HTA", "heures"),
    ("apdemande", "MOTIF_RECOURS_SE", "motif_recours"),
    ("sirene", "etatAdministratifEtablissement", "est_actif"),
    ("sirene", "nomenclatureActivitePrincipaleEtablissement", "ape"),
    ("sirene", "codeCommuneEtablissement", "departement"),
    ("sirene", "nic", "siret"),
    ("sirene", "etablissementSiege", "siege"),
    ("sirene_histo", "etatAdministratifEtablissement", "est_actif"),
    ("sirene_ul", "categorieJuridiqueUniteLegale", "categorie_juridique"),
    ("debit", "Periode", "periode_debut"),
    ("debit", "Mt_PO", "part_ouvriere"),
    ("delai", "Date_creation", "date_creation"),
    ("delai", "Code_externe_stade", "stade"),
    ("procol", "Dt_effet", "date_effet"),
    ("ratios_inpi_bce", "type_bilan", "type_bilan"),
    ("ratios_inpi_bce", "autonomie_financiere", "autonomie_financiere"),
]


@pytest.mark.parametrize(("kind", "header", "column"), BLANK_AROUND)
@tried(8)
@given(before=st.text(alphabet=BLANKS.replace("\n", "").replace("\r", ""), max_size=2), after=st.sampled_from(BLANKS))
def test_blanks_around_a_value_are_not_seen(tmp_path_factory, kind, header, column, before, after):
    folder = tmp_path_factory.mktemp("blanks")
    value = VALID[kind][header]
    blank = after if after not in "\n\r" else "\u202f"
    plain, other = read(folder, kind, delivery(kind, {}, {header: f"{before}{value}{blank}"})).rows
    assert plain[column] is not None
    assert plain[column] == other[column]


@pytest.mark.parametrize("header", ["HTA", "MOTIF_RECOURS_SE", "EFF_AUTO"])
def test_blanks_alone_are_an_empty_cell(tmp_path, header):
    outcome = read(tmp_path, "apdemande", delivery("apdemande", {header: "\u00a0"}, {header: ""}))
    assert outcome.counts == (2, 2, 0, 0)


def test_blanks_alone_are_no_value_of_a_column_that_needs_one(tmp_path):
    outcome = read(tmp_path, "apdemande", delivery("apdemande", {"DATE_DEB": "\u202f "}))
    assert outcome.reasons == ["DATE_DEB est vide"]


def test_blanks_between_thousands_are_not_seen(tmp_path):
    changes = {"HTA": "1\u202f234.5", "MTA": "12\u00a0345,67"}
    (row,) = read(tmp_path, "apdemande", "\n".join(_quoted("apdemande", changes)).encode()).rows
    assert (row["heures"], row["montant"]) == (Decimal("1234.5"), Decimal("12345.67"))


def _quoted(kind: str, changes: dict[str, str]) -> list[str]:
    record = VALID[kind] | changes
    separator = CONTRACTS[kind].dialect.separator
    return [separator.join(record), separator.join(f'"{value}"' for value in record.values())]


def test_free_texts_are_kept_as_they_are(tmp_path):
    (row,) = read(tmp_path, "sirene_ul", delivery("sirene_ul", {"denominationUniteLegale": " SOCIETE\u00a0X "})).rows
    assert row["raison_sociale"] == " SOCIETE\u00a0X "


def test_headers_may_have_blanks_around(tmp_path):
    content = delivery("apconso", {}).decode()
    first, rest = content.split("\n", 1)
    spaced = ",".join(f"\u00a0{header} " for header in first.split(","))
    assert read(tmp_path, "apconso", f"{spaced}\n{rest}".encode()).counts == (1, 1, 0, 0)


class TestLostZeros:
    """Zeros are put back where the key of the number agrees, and counted; nothing else is guessed."""

    def test_a_siren(self, tmp_path):
        outcome = read(tmp_path, "sirene_ul", delivery("sirene_ul", {"siren": "5520143"}, {}, {"siren": "5 520 143"}))
        assert [row["siren"] for row in outcome.rows] == ["005520143", VALID["sirene_ul"]["siren"], "005520143"]
        assert outcome.report.doubts == {f"siren : {RESTORED}": 2}

    def test_a_siret(self, tmp_path):
        outcome = read(tmp_path, "apconso", delivery("apconso", {"ETAB_SIRET": "552014300008"}))
        assert [row["siret"] for row in outcome.rows] == ["00552014300008"]
        assert outcome.report.doubts == {f"ETAB_SIRET : {RESTORED}": 1}

    def test_an_establishment_by_its_parts(self, tmp_path):
        outcome = read(tmp_path, "sirene", delivery("sirene", {"siren": "5520143", "nic": "8"}))
        assert [(row["siren"], row["siret"]) for row in outcome.rows] == [("005520143", "00552014300008")]
        assert outcome.report.doubts == {f"siren : {RESTORED}": 1, f"nic : {RESTORED}": 1}

    @pytest.mark.parametrize(
        "text", ["5520144", "18", "0", "5520143.0", "552014,3", "1,23457E+13", "8.3E8", "83000004", "552 014-3"]
    )
    def test_what_may_be_another_number_is_refused(self, tmp_path, text):
        content = "\n".join(_quoted("sirene_ul", {"siren": text})).encode()
        assert read(tmp_path, "sirene_ul", content).reasons == [f"siren « {text} » n'est pas un SIREN (9 chiffres)"]

    @pytest.mark.parametrize("text", ["552014300009", "552014300", "83000004800013.0", "8,30000E+13"])
    def test_nor_a_siret(self, tmp_path, text):
        outcome = read(tmp_path, "apconso", "\n".join(_quoted("apconso", {"ETAB_SIRET": text})).encode())
        assert outcome.reasons == [f"ETAB_SIRET « {text} » n'est pas un SIRET (14 chiffres)"]

    def test_a_reject_is_not_counted_as_restored(self, tmp_path):
        change = {"siren": "5520143", "prenom1UniteLegale": "x" * 101}
        outcome = read(tmp_path, "sirene_ul", delivery("sirene_ul", change))
        assert (outcome.counts, outcome.report.doubts) == ((1, 0, 1, 0), {})

    @pytest.mark.parametrize("type_", [pa.int64(), pa.int32(), pa.string()])
    def test_in_parquet(self, tmp_path, type_):
        columns = {header: pa.array([text], pa.string()) for header, text in VALID["sirene_ul"].items()}
        siren = pa.array(["5520143"] if type_ == pa.string() else [5520143], type_)
        path = tmp_path / "StockUniteLegale_utf8.parquet"
        pq.write_table(pa.table(columns | {"siren": siren}), path)
        outcome = read_file(path, "sirene_ul")
        assert [row["siren"] for row in outcome.rows] == ["005520143"]

    def test_in_the_documents_of_the_register(self, tmp_path):
        document = json.loads((AS_MET / "list_then_document_rne.jsonl").read_text(encoding="utf-8").splitlines()[1])
        document["formality"]["content"]["personneMorale"]["identite"]["entreprise"]["siren"] = 5520143
        power = {"roleEntreprise": 73, "typeDePersonne": "ENTREPRISE", "entreprise": {"siren": 325175}}
        document["formality"]["content"]["personneMorale"]["composition"]["pouvoirs"] = [power]
        path = tmp_path / "rne_entreprises.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        outcome = read_file(path, "rne")
        assert [(row["siren"], row["siren_dirigeant"]) for row in outcome.rows] == [("005520143", "000325175")]
        assert sum(outcome.report.doubts.values()) == 2
        assert outcome.report.unknowns == {}


def test_a_moment_stored_in_parquet_is_a_day(tmp_path):
    def stored(*moments: object, zone: str | None = None) -> Outcome:
        columns = {header: pa.array([text] * len(moments), pa.string()) for header, text in VALID["sirene_ul"].items()}
        path = tmp_path / "StockUniteLegale_utf8.parquet"
        days = pa.array(moments, pa.timestamp("ms", zone))
        pq.write_table(pa.table(columns | {"dateCreationUniteLegale": days}), path)
        return read_file(path, "sirene_ul")

    midnight, evening = 1_577_836_800_000, 1_577_919_600_000  # 2020-01-01 at 0:00 and at 23:00
    assert [row["creation"] for row in stored(midnight).rows] == [date(2020, 1, 1)]
    assert [row["creation"] for row in stored(midnight, evening).rows] == [date(2020, 1, 1), date(2020, 1, 1)]
    assert [row["creation"] for row in stored(evening, zone="UTC").rows] == [date(2020, 1, 2)]
