"""Annual accounts in a run: every delivery counts, every company has its ratios or the reason why not."""

import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan import groups
from signaux_faibles.chain.plan.accounts import STEPS
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.plan import SCHEMAS
from signaux_faibles.chain.plan.refused_filings import sirens_of
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.home.logical_hash import logical_hash
from signaux_faibles.relations.company_range import ranges
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.tables.accounts.coverage import ONLY_THE_BALANCE_SHEET

REAL = sorted((Path(__file__).parent.parent / "tables" / "data" / "inpi").glob("*.xml"))


def siren_of(path):
    return path.name.split("_")[2]


def archive(folder, paths, name="bilans_saisis.zip", **added):
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as made:
        for path in paths:
            made.write(path, path.name)
        for document, text in added.items():
            made.writestr(f"{document}.xml", text)


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    """Two months of real filings, and nothing else."""
    chain = chain_at(tmp_path_factory.mktemp("real"))
    archive(chain.deliveries / "2611", REAL[:4])
    archive(chain.deliveries / "2612", REAL[4:])
    chain.run("2611", filtered=False, until=Stage.STAGING)
    return chain, chain.run("2612", filtered=False)


class TestRealFilings:
    """A run on real filings and nothing else (origin: tests/tables/data/README.md)."""

    def test_it_is_published_without_the_files_of_urssaf_and_says_what_is_missing(self, ran):
        _, outcome = ran
        assert outcome.published
        said = " ".join(outcome.files.warnings)
        assert "Débits : dettes de cotisations sociales : jamais livré" in said
        assert outcome.files.carried == {}

    def test_each_delivery_adds_to_those_before(self, ran):
        chain, outcome = ran
        batches = {row["siren"]: row["batch"] for row in chain.rows(outcome.snapshot, "account_cells")}
        assert batches == {siren_of(path): "2611" if path in REAL[:4] else "2612" for path in REAL}

    def test_each_company_has_its_ratios_and_its_flags(self, ran):
        chain, outcome = ran
        covered = {row["siren"]: row for row in chain.rows(outcome.snapshot, "accounts_coverage")}
        assert set(covered) == {siren_of(path) for path in REAL}
        assert all(row["ratios_connus"] > 0 for row in covered.values())
        assert covered["316880723"]["motif"] == ONLY_THE_BALANCE_SHEET["confidentiel"]
        assert covered["450992078"]["anomalies"] is None
        assert covered["833545627"]["anomalies"] == "exercice qui n'est pas de 12 mois"
        assert covered["810870840"]["motif"] is None

    def test_groups_of_companies_have_the_same_accounts(self, ran, tmp_path, monkeypatch):
        """The cells of a whole country do not fit in memory."""
        chain, outcome = ran
        tables = chain.home.snapshots / outcome.snapshot / "tables"
        monkeypatch.setattr(groups, "company_groups", lambda _: ranges(sorted(map(siren_of, REAL)), 2))
        with open_engine("duckdb", scratch=tmp_path / "scratch") as engine:
            known = Deliveries.up_to(chain.home, "2612")
            inputs = Inputs(engine, known, tables, delivered_at("2612"), filtered=False, schemas=SCHEMAS)
            for step in [step for step in STEPS if step.by_company]:
                made = tmp_path / f"{step.name}.parquet"
                groups.write_table(step, inputs, made)
                whole = tables / made.name
                assert logical_hash(made, step.table) == logical_hash(whole, step.table), step.name
                assert pq.read_metadata(made).num_rows >= len(REAL)

    def test_the_freshness_is_that_of_the_last_filing(self, ran):
        chain, outcome = ran
        filed = max(row["known_at"] for row in chain.rows(outcome.snapshot, "accounts"))
        assert outcome.manifest.latest("inpi") == filed


def test_a_refused_filing_is_reported_with_its_reason(chain):
    damaged = REAL[0].read_text(encoding="utf-8").replace('m1="0', 'm1="X', 1)
    archive(chain.deliveries / "2611", REAL[1:2], PUB_CA_damaged=damaged)
    accepted = Acceptance.parse("rejets:bilans_saisis.zip", "montant illisible, redemandé à l'INPI")
    outcome = chain.compute("2611", "accounts_coverage", filtered=False, accepted=(accepted,))
    covered = {row["siren"]: row for row in chain.rows(outcome.snapshot, "accounts_coverage")}
    refused = covered[siren_of(REAL[0])]
    assert (refused["depots"], refused["depots_ecartes"], refused["ratios_connus"]) == (0, 1, 0)
    assert refused["motif"].startswith("dépôt refusé à la lecture : page 02 DA : m1 « X00")


def test_a_filing_reported_by_the_api_too_counts_once_and_its_withdrawal_takes_it_away(chain):
    path = REAL[0]
    archive(chain.deliveries / "2611", [path])
    first = chain.compute("2611", "accounts", filtered=False)
    (filing,) = chain.rows(first.snapshot, "accounts")
    withdrawal = {
        "siren": filing["siren"], "dateCloture": filing["date_cloture"].isoformat(),
        "typeBilan": filing["type_bilan"], "dateDepot": filing["known_at"].isoformat(), "deleted": True,
    }  # fmt: skip
    (chain.deliveries / "2612").mkdir()
    (chain.deliveries / "2612" / "bilans_saisis_rne.json").write_text(json.dumps(withdrawal), encoding="utf-8")
    second = chain.compute("2612", "accounts", filtered=False)
    assert chain.rows(second.snapshot, "accounts") == []


def test_in_a_month_as_usual_the_accounts_are_those_of_the_companies_ever_followed(january):
    archive(january.deliveries / "2601", REAL[:1])
    outcome = january.compute("2601", "accounts", "accounts_coverage")
    assert january.rows(outcome.snapshot, "accounts") == []
    coverage = january.rows(outcome.snapshot, "accounts_coverage")
    assert [(row["siren"], row["motif"]) for row in coverage] == [("100000001", "aucun dépôt reçu")]


@pytest.mark.parametrize(
    ("key", "sirens"),
    [
        (None, [None]),
        ("056502248", ["056502248"]),
        ("83000012100011", ["830000121"]),
        ("830000188 830000196", ["830000188", "830000196"]),
    ],
    ids=["too damaged", "a siren", "a siret", "a notice about two companies"],
)
def test_a_rejected_record_is_one_of_each_company_it_is_about(key, sirens):
    assert sirens_of(key) == sirens
