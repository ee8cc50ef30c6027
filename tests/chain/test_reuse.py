"""A table that would be the same is taken from an earlier snapshot; whatever changes it makes it computed again."""

import pytest

from chain.conftest import Chain
from harness.deliveries import FOLLOWED, PUBLIC_BODY, SMALL, headcounts
from signaux_faibles.chain import reuse
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS
from signaux_faibles.home.published import published
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.batch import delivered_at


def tables_of(outcome):
    return {name: entry.sha256 for name, entry in outcome.manifest.tables.items()}


def noting(kept, method):
    """A method that notes the name of the type, or of the table, that it is asked for."""

    def noted(self, name, *others):
        kept.add(getattr(name, "name", name))
        return method(self, name, *others)

    return noted


def alone(tmp_path, **files):
    """The same month, computed where there is no other snapshot."""
    other = Chain(tmp_path / "alone")
    other.deliver("2601", **files)
    return other.run("2601")


CORRECTED = {
    "sigfaible_pcoll": f"Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n{FOLLOWED}00001;{FOLLOWED};13JAN2026;1;"
    "Sauvegarde_ouverture\n",
    "sigfaible_effectif_siren": headcounts(f"{FOLLOWED};20;21;25;a", f"{PUBLIC_BODY};20;20;20;b", f"{SMALL};5;5;12;c"),
}


@pytest.mark.parametrize("name", CORRECTED)
def test_a_corrected_file_gives_the_tables_that_it_would_have_given_alone(january, tmp_path, name):
    changed = {name: CORRECTED[name]}
    january.deliver("2601", **changed)
    after = january.run("2601")
    assert tables_of(after) == tables_of(alone(tmp_path, **changed))
    assert after.resumed


def test_a_corrected_file_leaves_alone_what_does_not_come_from_it(january):
    january.deliver("2601", sigfaible_pcoll=CORRECTED["sigfaible_pcoll"])
    computed = set(SCHEMAS) - set(january.run("2601").resumed)
    assert {"known_procol", "clean_procol", "panel"} <= computed
    assert not computed & {"clean_debit", "candidates", "clean_sirene", "known_effectif_ent", "panel_headcounts"}


def test_a_correction_that_changes_no_table_stops_there(january):
    """A name that no table reads: the table made from the file is the same, and so is all that comes from it."""
    rows = (
        f"{FOLLOWED};20;21;22;another name",
        f"{PUBLIC_BODY};20;20;20;b",
        f"{SMALL};5;5;5;c",
        "100000004;20;20;20;d",
    )
    january.deliver("2601", sigfaible_effectif_siren=headcounts(*rows))
    computed = set(SCHEMAS) - set(january.run("2601").resumed)
    assert "candidates" in computed
    assert not computed & {"perimeter", "panel_headcounts", "panel"}


def test_the_next_month_takes_only_what_its_date_cannot_change(january):
    january.deliver("2602")
    taken = set(january.run("2602").resumed)
    assert "sector_ratios" in taken
    assert {"debt_versions", "debt_by_month", "panel", "perimeter_ledger"} & taken == set()
    assert "clean_debit" in taken, "the versions of debts are the same, so what is made from them is too"


def test_other_code_computes_everything_again(january, monkeypatch):
    monkeypatch.setattr(reuse, "code_mark", lambda _: "another")
    monkeypatch.setattr("signaux_faibles.chain.build.code_mark", lambda _: "another")
    assert january.run("2601").resumed == []


def test_a_table_of_an_earlier_snapshot_that_is_damaged_is_computed_again(january):
    table = january.home.snapshots / published(january.home) / "tables" / "clean_debit.parquet"
    sound = table.read_bytes()
    table.write_bytes(sound[:-9] + bytes([sound[-9] ^ 1]) + sound[-8:])
    january.deliver("2601", sigfaible_pcoll=CORRECTED["sigfaible_pcoll"])
    after = january.run("2601")
    assert "clean_debit" not in after.resumed
    assert (january.home.snapshots / after.snapshot / "tables" / "clean_debit.parquet").read_bytes() == sound


def test_a_step_says_every_type_and_table_that_it_reads(january, monkeypatch, tmp_path):
    """What a word read without saying it could change, and the table would be taken as it was."""
    tables = january.home.snapshots / published(january.home) / "tables"
    types, read = set(), set()

    for method in ("history", "latest", "in_force", "last_batch"):
        monkeypatch.setattr(Deliveries, method, noting(types, getattr(Deliveries, method)))
    for method in ("whole_table", "rows_of"):
        monkeypatch.setattr(Inputs, method, noting(read, getattr(Inputs, method)))
    with open_engine("duckdb", scratch=tmp_path) as engine:
        known = Deliveries.up_to(january.home, "2601")
        inputs = Inputs(engine, known, tables, delivered_at("2601"), filtered=True, schemas=SCHEMAS)
        for step in PLAN:
            types.clear()
            read.clear()
            for word in step.inputs.values():
                word.read(inputs)
            assert types <= step.types, step.name
            assert read <= step.before, step.name
            engine.release()
