"""Types beside those of the detection in a run: each table is made of what was delivered, and empty without it."""

import json
import shutil
from datetime import date
from decimal import Decimal

import pytest

from signaux_faibles.snapshot.export import export, tables_of
from signaux_faibles.sources.registry import CONTRACTS
from sources.delivered import DATA, delivery
from sources.inpi.test_rne import PERSON, company

FOLLOWED = "100000001"
"""The company of the perimeter, see `harness.deliveries`."""
PROTECTED = ("fiscal_accounts", "tax_arrears", "vat_by_month", "bdf_ratios")
EMPTY_WITHOUT_DELIVERY = ("published_ratios", "published_sector_quantiles", "directors", *PROTECTED)


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    """A month with every other type."""
    chain = chain_at(tmp_path_factory.mktemp("others"))
    folder = chain.deliver("2601")
    shutil.copy(DATA / "ratios_inpi_bce.csv", folder)
    ours = delivery("ratios_inpi_bce", {"siren": FOLLOWED}).split(b"\n")[1]
    with (folder / "ratios_inpi_bce.csv").open("ab") as file:
        file.write(ours + b"\n")
    for kind in ("liasse_dgfip", "rar_dgfip", "tva_dgfip", "ratios_bdf"):
        rows = [{"siren": siren} for siren in (FOLLOWED, "999999999")]
        (folder / CONTRACTS[kind].files.exact[0]).write_bytes(delivery(kind, *rows))
    (folder / "ratios_inpi_bce_sectors.csv").write_bytes(delivery("ratios_inpi_bce_sectors", {}, {}))
    rne = [company(PERSON, siren=siren) for siren in (FOLLOWED, "999999999")]
    (folder / "rne_entreprises.json").write_text(json.dumps(rne), encoding="utf-8")
    return chain, chain.run("2601")


def test_published_ratios_are_those_of_the_companies_followed(ran):
    chain, outcome = ran
    (row,) = chain.rows(outcome.snapshot, "published_ratios")
    assert (row["siren"], row["chiffre_d_affaires"], row["est_retenu"]) == (FOLLOWED, 10_418_682, True)
    (row,) = chain.rows(outcome.snapshot, "published_sector_quantiles")
    assert (row["classe_naf"], row["cohorte"], row["batch"]) == ("6202A", 1_234, "2601")


def test_the_files_of_dgfip_and_of_the_banque_de_france_are_read(ran):
    chain, outcome = ran
    (accounts, arrears, vat, ratios) = (chain.rows(outcome.snapshot, table) for table in PROTECTED)
    assert [(row["siren"], row["mnt_af_ca"], row["est_retenu"]) for row in accounts] == [(FOLLOWED, 1_250_000, True)]
    assert [(row["nature_impot"], row["montant_restant"]) for row in arrears] == [("TVA", Decimal("5250.25"))]
    assert [(row["periode"], row["chiffre_affaires"]) for row in vat] == [(date(2024, 9, 1), 100_000)]
    assert [(row["arrete_bilan_bdf"], row["taux_marge"]) for row in ratios] == [(date(2023, 12, 31), 4.91)]


def test_what_is_protected_is_never_exported(ran, tmp_path):
    chain, outcome = ran
    export(tables_of(chain.home, outcome.snapshot, candidate=False), tmp_path / "export", chain.home)
    exported = {path.stem for path in (tmp_path / "export").glob("*.parquet")}
    assert "clean_filter" in exported
    assert not exported & set(PROTECTED)


def test_directors_are_those_of_the_companies_followed(ran):
    chain, outcome = ran
    (row,) = chain.rows(outcome.snapshot, "directors")
    assert (row["siren"], row["nom"], row["role_libelle"], row["est_actuel"]) == (FOLLOWED, "DUPONT", "Gérant", True)


@pytest.mark.parametrize("table", EMPTY_WITHOUT_DELIVERY)
def test_no_delivery_gives_no_row(template, table):
    (snapshot,) = [folder.name for folder in template.home.snapshots.iterdir()]
    assert template.rows(snapshot, table) == []
