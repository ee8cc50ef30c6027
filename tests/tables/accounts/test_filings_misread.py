"""Filings that were once misread, from the delivered file to the amounts: see `tests/sources/inpi/data`."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from harness.rules import on_spark_when_all
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.inpi_json import INPI_JSON
from signaux_faibles.sources.inpi.ratios_inpi_bce import RATIOS_INPI_BCE
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS, account_cells
from signaux_faibles.tables.accounts.published import PUBLISHED_RATIOS, published_ratios
from tables.filed_accounts import accounts_of_cells, staged

DATA = Path(__file__).parents[2] / "sources" / "inpi" / "data"
NO_LINES = "totaux sans leurs lignes : les montants qu'elles diraient sont inconnus"

EXPECTED = {
    # of each filing of a file: what the accounts say
    "PUB_CA_100000009_5802_1990B00001_2018_1234.donnees.xml": {
        "100000009": {"liasse": "confidentielle", "compte_de_resultat": "confidentiel", "total_bilan": None},
    },
    "PUB_CA_200000008_5802_1990B00001_2018_1235.donnees.xml": {
        "200000008": {"liasse": "non saisie", "code_motif": "03", "total_bilan": None, "anomalies": None},
    },
    # Operating income of 365,569 with none of its lines: no turnover is known, rather than one of zero.
    "PUB_CA_300000007_4202_1965B00131_2018_2253.donnees.xml": {
        "300000007": {
            "chiffre_affaires": None, "ebe": None, "resultat_exploitation": 44_154, "anomalies": NO_LINES,
            "compte_de_resultat": "public",
        },
    },
    # Income of 175,365 of which the lines explain 66,452.
    "PUB_CA_400000006_0605_2012B00768_2018_1462.donnees.xml": {
        "400000006": {
            "chiffre_affaires": None, "ebe": None, "resultat_exploitation": 7_853,
            "anomalies": f"totaux incohérents ; {NO_LINES}", "identites_rompues": "produits d'exploitation",
        },
    },
    "bilans_saisis_rne_page-entier.json": {
        "200000008": {"total_bilan": 90, "chiffre_affaires": 700, "resultat_net": -5, "liasse": "saisie"},
    },
    "bilans_saisis_rne_partiel.json": {
        "300000007": {"confidentialite": "2", "compte_de_resultat": "confidentiel", "chiffre_affaires": None},
    },
    # The first has no `typeBilan` but in its identity, the second is in the reply about the files of a company.
    "bilans_saisis_of_attachments.json": {
        siren: {"total_bilan": 1_090_000, "chiffre_affaires": 1_000_000, "resultat_net": 30_000, "type_bilan": "C"}
        for siren in ("830000378", "830000386")
    },
}  # fmt: skip


def delivered(*names: str) -> pa.Table:
    """The rows of files of one type, as a run keeps them."""
    contract = INPI if names[0].endswith("xml") else INPI_JSON
    return pa.concat_tables([staged(DATA / name, contract) for name in names])


@on_spark_when_all
def test_filings_are_read_right(engine):
    kinds = [[name for name in EXPECTED if name.endswith(ending)] for ending in ("xml", "json")]
    cells = [engine.collect(account_cells(engine.from_arrow(delivered(*names))), ACCOUNT_CELLS) for names in kinds]
    known = accounts_of_cells(engine, pa.concat_tables(cells)).to_pylist()
    names = list(EXPECTED)
    found = {name: {row["siren"]: row for row in known if row["file"] == name} for name in names}
    assert {
        name: {siren: {key: found[name][siren][key] for key in reported} for siren, reported in EXPECTED[name].items()}
        for name in names
    } == {name: EXPECTED[name] for name in names}
    assert sum(map(len, found.values())) == len(known) == sum(len(EXPECTED[name]) for name in names)


@on_spark_when_all
def test_a_zero_that_stands_for_what_is_withheld_is_unknown(engine):
    """The published row of a company whose accounts are « Partiellement confidentiel »: only its result is given."""
    ratios = staged(DATA / "ratios_inpi_bce.csv", RATIOS_INPI_BCE)
    ratios = ratios.append_column("delivered_at", pa.repeat(pa.scalar(date(2026, 11, 30)), len(ratios)))
    ratios = ratios.append_column("is_first", pa.repeat(pa.scalar(True), len(ratios)))
    (row,) = engine.collect(published_ratios(engine.from_arrow(ratios), 243), PUBLISHED_RATIOS).to_pylist()
    withheld = ("chiffre_d_affaires", "marge_brute", "ebe", "ebit", "marge_ebe", "caf_sur_ca")
    assert {row[name] for name in withheld} == {None}
    assert (row["resultat_net"], row["autonomie_financiere"], row["ratio_de_liquidite"]) == (12_000, 40.0, 120.0)
    assert (row["est_retenu"], row["confidentiality"]) == (True, "Partiellement confidentiel")
