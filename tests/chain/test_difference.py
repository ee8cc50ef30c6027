"""`sf diff`: what a month changes against the one that is published."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from harness.deliveries import FOLLOWED, SMALL, headcounts
from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.report.difference import difference_page
from signaux_faibles.chain.report.text import as_text
from signaux_faibles.detection.scoring.scores import SCORES
from signaux_faibles.home.manifest import Manifest, describe
from signaux_faibles.home.published import published
from signaux_faibles.snapshot.difference import Difference, FreshnessChange, LevelChange, TableChange, difference


def test_what_enters_and_leaves_and_what_deserves_a_look(january):
    chain, before = january, published(january.home)
    chain.deliver(
        "2602",
        sigfaible_effectif_siren=headcounts(f"{SMALL};50;50;50;c", f"{FOLLOWED};2;2;2;a"),
        sigfaible_pcoll="Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n",
    )
    after = chain.run("2602", accepted=(Acceptance.parse("volume:procol", "vu avec l'Urssaf"),)).snapshot
    found = difference(chain.home, before, after)
    assert (found.entering, found.leaving) == (1, 1)
    changes = {change.name: change for change in found.tables}
    assert (changes["clean_procol"].before, changes["clean_procol"].after) == (1, 0)
    assert changes["clean_sirene"].same
    assert any(sentence.startswith("clean_procol, nombre de lignes : 1 avant, 0 après") for sentence in found.warnings)
    assert "procol : données plus anciennes qu'avant (12 janvier 2026 puis aucune)." in found.warnings


def test_rows_and_days_of_a_sentence_are_spelled_as_in_french(january):
    only = Manifest.read(january.home.snapshots / published(january.home))
    change = TableChange("clean_debit", 12000, None, False)
    older = FreshnessChange("debit", date(2026, 10, 1), date(2026, 9, 30))
    said = Difference(only, only, [change], [older], 0, 0, []).warnings
    assert said == [
        "clean_debit, nombre de lignes : 12\u202f000 avant, absente après.",
        "debit : données plus anciennes qu'avant (1er octobre 2026 puis 30 septembre 2026).",
    ]


def test_a_month_against_itself_changes_nothing(january):
    only = published(january.home)
    found = difference(january.home, only, only)
    assert (found.entering, found.leaving, found.warnings) == (0, 0, [])
    assert all(change.same for change in found.tables)


def test_the_size_of_the_list_by_level(january):
    before = published(january.home)
    january.deliver("2602")
    after = january.run("2602").snapshot
    score(january, before, {FOLLOWED: "elevee", SMALL: "moderee", "300000010": "moderee", "300000028": None})
    score(january, after, {FOLLOWED: "elevee", SMALL: "elevee", "300000010": "moderee", "300000028": "moderee"})
    found = difference(january.home, before, after)
    assert found.levels == [LevelChange("elevee", 1, 2, 1, 0), LevelChange("moderee", 2, 2, 1, 1)]
    said = as_text(difference_page(found))
    assert "Alerte élevée" in said
    assert "Alerte modérée" in said


def score(chain, snapshot, levels):
    """Write what a model would have said of some companies."""
    row = {
        "periode": date(2026, 1, 1),
        "model": "m",
        "in_bonis": True,
        "probability_6": 0.1,
        "probability_12": 0.2,
        "probability_18": 0.3,
    }
    rows = [{"siren": siren, "level": level, **row} for siren, level in levels.items()]
    folder = chain.home.snapshots / snapshot
    pq.write_table(pa.Table.from_pylist(rows, schema=SCORES.arrow), folder / "tables" / "scores.parquet")
    manifest = Manifest.read(folder)
    tables = manifest.tables | describe(folder / "tables", {"scores": SCORES})
    replace(manifest, tables=tables).write(folder)
