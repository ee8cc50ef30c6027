"""Types beside those of the detection in a run: each table is made of what was delivered, and empty without it."""

import json
import shutil

import pytest

from sources.delivered import DATA, delivery
from sources.test_rne import PERSON, company

FOLLOWED = "100000001"
"""The company of the perimeter, see `harness.deliveries`."""
EMPTY_WITHOUT_DELIVERY = ("published_ratios", "published_sector_quantiles", "directors")


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    """A month with every other type."""
    chain = chain_at(tmp_path_factory.mktemp("others"))
    folder = chain.deliver("2601")
    shutil.copy(DATA / "ratios_inpi_bce.csv", folder)
    ours = delivery("ratios_inpi_bce", {"siren": FOLLOWED}).split(b"\n")[1]
    with (folder / "ratios_inpi_bce.csv").open("ab") as file:
        file.write(ours + b"\n")
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


def test_directors_are_those_of_the_companies_followed(ran):
    chain, outcome = ran
    (row,) = chain.rows(outcome.snapshot, "directors")
    assert (row["siren"], row["nom"], row["role_libelle"], row["est_actuel"]) == (FOLLOWED, "DUPONT", "Gérant", True)


@pytest.mark.parametrize("table", EMPTY_WITHOUT_DELIVERY)
def test_no_delivery_gives_no_row(template, table):
    (snapshot,) = [folder.name for folder in template.home.snapshots.iterdir()]
    assert template.rows(snapshot, table) == []
