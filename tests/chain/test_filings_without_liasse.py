"""A delivery in which two filings in three hold no liasse, as real ones do: it runs, and says why there is nothing."""

import html
import json
import zipfile
from pathlib import Path

import pytest

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.report.files import KINDS
from signaux_faibles.chain.report.writing import reported_run

DATA = Path(__file__).parent.parent / "sources" / "inpi" / "data"
REAL = sorted((Path(__file__).parent.parent / "tables" / "data" / "inpi").glob("*.xml"))
WITHHELD, NOT_TYPED = sorted(DATA.glob("PUB_CA_[12]*"))
SECRET = "comptes confidentiels, déposés sans liasse : un droit de l'entreprise"


def sirens(first: int, count: int) -> list[str]:
    return [str(siren) for siren in range(first, first + count)]


SECRETIVE, UNTYPED, BY_THE_API = sirens(500_000_001, 9), sirens(600_000_001, 3), sirens(700_000_001, 8)


def documents() -> dict[str, str]:
    """Each real document, and a document without a liasse for each of the others."""
    real = {path.name: path.read_text(encoding="utf-8") for path in REAL}
    models = [(WITHHELD, SECRETIVE, "100000009"), (NOT_TYPED, UNTYPED, "200000008")]
    bare = {
        f"PUB_CA_{siren}.xml": model.read_text(encoding="utf-8").replace(named, siren)
        for model, many, named in models
        for siren in many
    }
    return real | bare


def replies() -> str:
    """Replies of the API: one with a page numbered 1, one partly confidential, and many without a liasse."""
    (typed,) = json.loads((DATA / "bilans_saisis_rne_page-entier.json").read_text(encoding="utf-8"))
    (partly,) = json.loads((DATA / "bilans_saisis_rne_partiel.json").read_text(encoding="utf-8"))
    bare = {"confidentiality": "Confidentiel", "bilanSaisi": None}
    return json.dumps([typed, partly, *(typed | bare | {"siren": siren} for siren in BY_THE_API)])


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    chain = chain_at(tmp_path_factory.mktemp("without"))
    delivery = chain.deliveries / "2611"
    delivery.mkdir(parents=True)
    with zipfile.ZipFile(delivery / "bilans_saisis.zip", "w") as archive:
        for name, text in documents().items():
            archive.writestr(name, text)
    (delivery / "bilans_saisis_rne.json").write_text(replies(), encoding="utf-8")
    return chain, reported_run(RunOptions("2611", chain.deliveries, filtered=False), chain.home)


def test_it_runs_without_any_acceptance_and_counts_no_reject(ran):
    _, report = ran
    assert report.run.published
    staged = {kind: file.report for kind, (file,) in report.run.files.delivered.items()}
    assert {kind: read["rows_rejected"] for kind, read in staged.items()} == {"inpi": 0, "inpi_json": 0}
    assert (staged["inpi"]["apart"][SECRET], staged["inpi_json"]["apart"]) == (9, {SECRET: 8})


def test_each_company_has_its_accounts_or_the_reason_why_it_has_none(ran):
    chain, report = ran
    covered = {row["siren"]: row for row in chain.rows(report.run.snapshot, "accounts_coverage")}
    assert {covered[siren]["motif"] for siren in SECRETIVE + BY_THE_API} == {"comptes confidentiels : aucun ratio"}
    assert {covered[siren]["motif"] for siren in UNTYPED} == {"comptes non saisis (motif 03) : aucun ratio"}
    assert all(covered[siren]["exercices"] == 1 for siren in SECRETIVE + UNTYPED + BY_THE_API)
    assert {(row["depots_ecartes"], row["depots"]) for row in covered.values()} == {(0, 1)}
    typed = set(covered) - {*SECRETIVE, *UNTYPED, *BY_THE_API}
    assert {path.name.split("_")[2] for path in REAL} < typed
    assert all(covered[siren]["ratios_connus"] > 0 for siren in typed - {"200000008", "300000007"})


def test_a_page_numbered_by_an_integer_is_read(ran):
    chain, report = ran
    (row,) = (row for row in chain.rows(report.run.snapshot, "accounts") if row["siren"] == "200000008")
    assert (row["total_bilan"], row["chiffre_affaires"], row["resultat_net"]) == (90, 700, -5)
    assert row["compte_de_resultat"] == "public"


def test_what_is_partly_confidential_is_so_and_not_missing(ran):
    chain, report = ran
    (row,) = (row for row in chain.rows(report.run.snapshot, "accounts") if row["siren"] == "300000007")
    assert (row["confidentialite"], row["compte_de_resultat"], row["liasse"]) == ("2", "confidentiel", "saisie")
    (ratios,) = (row for row in chain.rows(report.run.snapshot, "account_ratios") if row["siren"] == "300000007")
    assert ratios["confidentiality"] == "Partiellement confidentiel"


def test_the_report_says_that_nothing_is_wrong(ran):
    chain, _ = ran
    words = " ".join(html.unescape((chain.home.reports / "2611.html").read_text(encoding="utf-8")).split())
    assert "Dépôts sans liasse, et réguliers : 17 aux comptes confidentiels" in words
    assert KINDS["apart"] in words
    assert SECRET in words
