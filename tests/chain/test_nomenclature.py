"""NAF 2025 replaces NAF rév. 2 on 1 January 2027: activities stay known everywhere, and the run says what moved."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chain.conftest import Chain
from harness.deliveries import write_delivery
from harness.switch import (
    CEASED,
    CHANGED,
    CREATED,
    ENTERS,
    LEAVES,
    OTHERS,
    PLASTICS,
    SAME,
    SPLIT,
    UNCODED,
    deliver,
)
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.report.nomenclature import nomenclature_facts
from signaux_faibles.chain.report.text import as_text
from signaux_faibles.chain.report.words import run_page
from signaux_faibles.chain.report.writing import reported_run
from signaux_faibles.snapshot.served.activity import Activity, naf_sections, nomenclature_in_force
from signaux_faibles.snapshot.served.company import cards_of, company_of
from signaux_faibles.snapshot.served.perimeter import perimeter_moves
from signaux_faibles.snapshot.shelf import Shelf, Snapshot


def activities(snapshot: Snapshot, siren: str) -> tuple[Activity, ...]:
    """The activities that the page of a company shows."""
    company = company_of(snapshot, siren)
    assert company is not None
    return company.activities


FIRST_DELIVERY = Path(__file__).parent / "data" / "naf2025"


@pytest.fixture(scope="module")
def switched(tmp_path_factory):
    """A chain that published December 2026 (both codes), January and February 2027 (NAF 2025 alone)."""
    made = Chain(tmp_path_factory.mktemp("switch"))
    made.reports = {}
    for batch in ("2612", "2701", "2702"):
        deliver(made.deliveries, batch)
        made.reports[batch] = reported_run(RunOptions(batch, made.deliveries), made.home)
    return made


def rows_of(chain, batch, table):
    return {row["siren"]: row for row in chain.rows(chain.reports[batch].run.snapshot, table)}


def followed(chain, batch):
    return set(rows_of(chain, batch, "clean_filter"))


FOLLOWED = {unit.siren for unit in (SAME, CEASED, UNCODED, *OTHERS, *PLASTICS)}


def test_the_perimeter_moves_by_what_the_new_codes_exclude(switched):
    assert followed(switched, "2612") == FOLLOWED | {LEAVES.siren, CHANGED.siren}
    for batch in ("2701", "2702"):
        assert followed(switched, batch) == FOLLOWED | {ENTERS.siren, CREATED.siren, SPLIT.siren}


def test_the_ledger_separates_the_nomenclature_from_the_activity(switched):
    ledger = switched.rows(switched.reports["2702"].run.snapshot, "perimeter_ledger")
    reported = [(row["siren"], row["kept"], row["changed_by"], row["rule"]) for row in ledger if row["batch"] == "2701"]
    assert reported == [
        (ENTERS.siren, True, "nomenclature", None),
        (LEAVES.siren, False, "nomenclature", "activite"),
        (CHANGED.siren, False, "activite", "activite"),
        (CREATED.siren, True, "effectif", None),
        (SPLIT.siren, True, "effectif", None),
    ]
    assert [row for row in ledger if row["batch"] == "2702"] == []
    (detail,) = [row["detail"] for row in ledger if row["siren"] == ENTERS.siren and row["batch"] == "2701"]
    assert detail == "même activité, nommée autrement : 64.99Z (NAF rév. 2) puis 64.22Y (NAF 2025)"


@pytest.mark.parametrize("batch", ["2701", "2702"])
def test_every_company_keeps_an_activity_in_both(switched, batch):
    known = rows_of(switched, batch, "activities")
    columns = ("nomenclature", "rev2_5", "rev2_2", "rev2_1", "rev2_origine", "rev2_lot", "naf25_5", "naf25_1")
    assert {name: tuple(known[unit.siren][column] for column in columns) for name, unit in (
        ("same", SAME), ("changed", CHANGED), ("created", CREATED), ("split", SPLIT), ("ceased", CEASED),
        ("uncoded", UNCODED),
    )} == {
        "same": ("NAF2025", "25.62B", "25", "C", "livraison antérieure", "2612", "25.53Y", "C"),
        "changed": ("NAF2025", None, None, None, None, None, "85.20Y", "Q"),
        "created": ("NAF2025", "25.62B", "25", "C", "déduite", None, "25.53Y", "C"),
        "split": ("NAF2025", None, "22", "C", "déduite", None, "22.26Y", "C"),
        "ceased": ("NAFRev2", "25.62B", "25", "C", "livrée", None, "25.53Y", "C"),
        "uncoded": (None, None, None, None, None, None, None, None),
    }  # fmt: skip


@pytest.mark.parametrize("batch", ["2612", "2701", "2702"])
def test_the_panel_reads_the_section_that_the_model_learned_and_the_new_one(switched, batch):
    panel = switched.rows(switched.reports[batch].run.snapshot, "panel")
    reported = {row["siren"]: (row["naf_section"], row["naf25_section"]) for row in panel}
    assert reported[SAME.siren] == ("C", "C")
    assert {siren for siren, (rev2, naf25) in reported.items() if rev2 is None or naf25 is None} == {UNCODED.siren}


def test_pages_show_the_code_in_force_and_the_other_one(switched):
    shelf = Shelf(switched.home)
    with shelf.pinned(switched.reports["2702"].run.snapshot) as snapshot:
        assert [(one.nomenclature, one.code, one.label, one.origin, one.batch)
                for one in activities(snapshot, SAME.siren)] == [
            ("NAF 2025", "25.53Y", "Usinage des métaux", "livrée", None),
            ("NAF rév. 2", "25.62B", "Mécanique industrielle", "livraison antérieure", "2612"),
        ]  # fmt: skip
        assert [(one.nomenclature, one.code, one.section) for one in activities(snapshot, SPLIT.siren)] == [
            ("NAF 2025", "22.26Y", "Industrie manufacturière"),
            ("NAF rév. 2", None, "Industrie manufacturière"),
        ]
        assert [one.nomenclature for one in activities(snapshot, CEASED.siren)] == ["NAF rév. 2", "NAF 2025"]
        assert activities(snapshot, UNCODED.siren) == ()
        ranks = [snapshot.search(one.siren).ranks[0] for one in (SAME, CEASED, UNCODED)]
        assert [card.registered.activity for card in cards_of(snapshot, ranks)] == [
            "Usinage des métaux", "Mécanique industrielle", None,
        ]  # fmt: skip
        assert nomenclature_in_force(snapshot) == "NAF 2025"
        assert naf_sections(snapshot) == {
            "2025-C": "Industrie manufacturière", "2025-L": "Activités financières et d'assurance",
        }  # fmt: skip
        assert [(move.batch, move.kept, move.cause) for move in perimeter_moves(snapshot, LEAVES.siren)] == [
            ("2701", False, "nomenclature"), ("2612", True, None),
        ]  # fmt: skip
    with shelf.pinned(switched.reports["2612"].run.snapshot) as snapshot:
        assert nomenclature_in_force(snapshot) == "NAF rév. 2"
        assert naf_sections(snapshot) == {
            "C": "Industrie manufacturière",
            "N": "Activités de services administratifs et de soutien",
        }


def test_the_report_says_what_the_switch_changed(switched):
    december, january, february = (text_of(switched.reports[batch]) for batch in ("2612", "2701", "2702"))
    only = "du seul fait de la nomenclature"
    assert (
        "Au passage à la NAF 2025, à livraisons égales, le périmètre gagnerait 1 entreprise et en perdrait 1"
        in december
    )
    assert f"{only}, 1 entre à ce lot et 1 sort ; 2 mouvements depuis le passage" in january
    assert f"{only}, 0 entre à ce lot et 0 sort ; 2 mouvements depuis le passage" in february
    assert f"0 alerte entre et 0 sort {only}" in january
    assert "0 niveau change par un secteur autrement lu, pour 0 entreprise" in january
    moves = {one.cause: (one.entering, one.leaving) for one in switched.reports["2701"].difference.churn}
    assert moves == {"effectif": (2, 0), "activite": (0, 1), "nomenclature": (1, 1)}
    assert switched.reports["2702"].difference.churn == []


def test_the_run_counts_where_the_codes_come_from(switched):
    report = switched.reports["2701"]
    facts = nomenclature_facts(switched.home.snapshots / report.run.snapshot / "tables", "2701")
    assert facts.origins[0] == {
        "livraison antérieure": 24, "déduite": 1, "déduite à un niveau moins fin": 1, "livrée": 1, "inconnue": 1,
    }  # fmt: skip
    assert facts.origins[1] == {"livrée": 26, "déduite": 1, "inconnue": 1}
    assert facts.switched
    assert facts.unsure == 5, "22.26Y splits; 64.99Z, 64.22Y, 82.91Z and 66.29Y are seen once"


class TestRegardsOfTheSwitch:
    """Other deliveries of January 2027."""

    def test_both_codes_beside_each_other(self, chain):
        deliver(chain.deliveries, "2612")
        deliver(chain.deliveries, "2701", beside=True)
        chain.compute("2612", "activities")
        outcome = chain.compute("2701", "activities", "clean_filter")
        known = {row["siren"]: row for row in chain.rows(outcome.snapshot, "activities")}
        assert (known[SAME.siren]["nomenclature"], known[SAME.siren]["rev2_5"]) == ("NAF2025", "25.62B")
        assert known[SAME.siren]["rev2_origine"] == "livrée"
        kept = {row["siren"] for row in chain.rows(outcome.snapshot, "clean_filter")}
        assert ENTERS.siren in kept
        assert LEAVES.siren not in kept

    def test_a_home_that_begins_after_it(self, chain):
        """Nothing reports the NAF rév. 2 of these companies: the NAF 2025 is shown, filtered by and kept everywhere."""
        delivered = {path.stem: path.read_text(encoding="utf-8") for path in FIRST_DELIVERY.glob("*.csv")}
        write_delivery(chain.deliveries / "2701", **delivered)
        report = reported_run(RunOptions("2701", chain.deliveries), chain.home)
        (warning,) = report.nomenclature.warnings
        assert "Aucune livraison passée n'a les deux codes" in warning
        tables = ("activities", "panel", "clean_sirene")
        rows = {name: chain.rows(report.run.snapshot, name) for name in tables}
        assert len(rows["activities"]) == 26
        assert {(row["naf25_5"], row["rev2_1"]) for row in rows["activities"]} == {("25.53Y", None)}
        assert {(row["naf25_section"], row["naf_section"]) for row in rows["panel"]} == {("C", None)}
        assert {(row["ape_naf25"], row["naf25_section"], row["ape"]) for row in rows["clean_sirene"]} == {
            ("25.53Y", "C", None)
        }
        with Shelf(chain.home).pinned(report.run.snapshot) as snapshot:
            assert [(one.nomenclature, one.code, one.label) for one in activities(snapshot, "820001378")] == [
                ("NAF 2025", "25.53Y", "Usinage des métaux")
            ]
            (card,) = cards_of(snapshot, snapshot.search("820001378").ranks)
            assert card.registered.activity == "Usinage des métaux"
            assert naf_sections(snapshot) == {"2025-C": "Industrie manufacturière"}

    def test_such_a_home_with_the_official_table(self, chain):
        folder = deliver(chain.deliveries, "2701")
        table = (
            "Sous-classes NAF rév. 2 – codes;Sous-classes NAF 2025 – codes;Type de correspondance;Contenu commun\n"
            '25.62B;25.53Y;Unique;"- la mécanique ;\n- générale"\n22.29A;22.26Y;Multiple;\n22.29B;22.26Y;Unique;\n'
        )
        (folder / "Correspondances_NAFrev2-NAF2025.csv").write_text(table, encoding="cp1252")
        outcome = chain.compute("2701", "activities")
        known = {row["siren"]: row for row in chain.rows(outcome.snapshot, "activities")}
        assert (known[SAME.siren]["rev2_5"], known[SAME.siren]["rev2_origine"]) == ("25.62B", "déduite")
        assert (known[SPLIT.siren]["rev2_5"], known[SPLIT.siren]["rev2_2"]) == (None, "22")

    def test_a_month_that_carries_the_register_over(self, chain):
        deliver(chain.deliveries, "2612")
        folder = deliver(chain.deliveries, "2701")
        for name in ("StockEtablissement_utf8_geo.csv", "sireneUL.csv"):
            (folder / name).unlink()
        chain.compute("2612", "activities")
        outcome = chain.compute("2701", "activities", carry_over=frozenset({"sirene", "sirene_ul"}))
        known = {row["siren"]: row for row in chain.rows(outcome.snapshot, "activities")}
        assert (known[SAME.siren]["nomenclature"], known[SAME.siren]["rev2_origine"]) == ("NAFRev2", "livrée")


def test_what_was_staged_before_the_nomenclature_was_kept_is_still_read(chain):
    """A home whose batches were read by older code: the main nomenclature is that of the code known."""
    deliver(chain.deliveries, "2612")
    deliver(chain.deliveries, "2701")
    outcome = chain.run("2612", until=Stage.STAGING)
    (staged,) = outcome.files.delivered["sirene_ul"]
    without_a_column(chain.home.root / staged.rows, "nomenclature")
    without_digests(chain.home.batches / "2612.json")
    report = chain.compute("2701", "perimeter_ledger")
    ledger = chain.rows(report.snapshot, "perimeter_ledger")
    assert {row["siren"] for row in ledger if row["changed_by"] == "nomenclature"} == {ENTERS.siren, LEAVES.siren}


def without_a_column(file, name):
    table = pq.read_table(file)
    pq.write_table(table.drop_columns([name]), file)


def without_digests(manifest):
    content = json.loads(manifest.read_text(encoding="utf-8"))
    for one in (one for files in content["delivered"].values() for one in files):
        del one["rows_sha256"], one["rejects_sha256"]
    del content["digest"]
    manifest.write_text(json.dumps(content), encoding="utf-8")


def text_of(report):
    return " ".join(as_text(run_page(report)).replace("\u202f", " ").split())
