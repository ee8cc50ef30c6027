"""A month, from its deliveries to a published snapshot."""

from datetime import date
from decimal import Decimal

import pytest

from harness.deliveries import (
    ABROAD,
    DEBIT_HEADER,
    FOLLOWED,
    PUBLIC_BODY,
    SMALL,
    debit,
    headcounts,
    write_delivery,
)
from harness.tables import same_tables
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.run import run
from signaux_faibles.chain.writing import writing
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.archive import PROMOTED
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import SourceFreshness
from signaux_faibles.home.published import published
from signaux_faibles.snapshot.publication import publish


def test_a_month_becomes_a_published_snapshot(january):
    chain, outcome = january, january.run("2601")
    assert published(chain.home) == outcome.snapshot
    assert chain.rows(outcome.snapshot, "clean_filter") == [{"siren": FOLLOWED}]
    assert chain.rows(outcome.snapshot, "clean_debit") == [
        {"siret": f"{FOLLOWED}00001", "periode": date(2025, 12, 1), "part_ouvriere": Decimal("100.00"),
         "part_patronale": Decimal("250.50"), "is_last": False},
        {"siret": f"{FOLLOWED}00001", "periode": date(2026, 1, 1), "part_ouvriere": Decimal("0.00"),
         "part_patronale": Decimal("0.00"), "is_last": True},
    ]  # fmt: skip
    assert [row["siren"] for row in chain.rows(outcome.snapshot, "clean_sirene_ul")] == [
        FOLLOWED,
        PUBLIC_BODY,
        SMALL,
        ABROAD,
    ]
    refused = {row["siren"]: row["rule"] for row in chain.rows(outcome.snapshot, "perimeter") if not row["kept"]}
    assert refused == {PUBLIC_BODY: "categorie_juridique", SMALL: "effectif", ABROAD: "siege"}


def test_without_filter_the_tables_hold_every_company(chain):
    chain.deliver("2601")
    outcome = chain.compute("2601", "clean_debit", "clean_filter", filtered=False)
    assert {row["siret"][:9] for row in chain.rows(outcome.snapshot, "clean_debit")} == {FOLLOWED, SMALL}
    assert chain.rows(outcome.snapshot, "clean_filter") == [{"siren": FOLLOWED}]


def test_the_same_month_run_again_is_the_same_snapshot(january):
    first = published(january.home)
    assert january.run("2601").snapshot == first
    assert [path.name for path in january.home.snapshots.iterdir()] == [first]


def test_another_reference_date_is_another_snapshot(january):
    later = january.compute("2601", "clean_procol_at_date", as_of=date(2026, 3, 31))
    assert later.snapshot != january.run("2601").snapshot
    months = {row["periode"] for row in january.rows(later.snapshot, "clean_procol_at_date")}
    assert months == {date(2026, 2, 1), date(2026, 3, 1)}


@pytest.mark.spark
def test_both_engines_give_the_same_tables(january):
    duckdb, spark = january.run("2601"), january.run("2601", engine="spark")
    assert duckdb.snapshot != spark.snapshot
    assert same_tables(*(january.home.snapshots / one.snapshot for one in (duckdb, spark)))


def test_a_run_stopped_after_any_step_is_not_published_and_goes_on_from_there(chain):
    chain.deliver("2601")
    finished: list[set[str]] = []
    for until in (step for step in Stage if step is not Stage.PUBLISH):
        finished.append(set(chain.run("2601", until=until).resumed))
        assert published(chain.home) is None, until
    assert finished == sorted(finished, key=len), "each run finds the tables of the one before"
    assert chain.run("2601").published


def test_what_a_later_batch_revises_is_known_from_that_batch_only(january):
    january.deliver("2602", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};20;21;30;a"))
    outcome = january.compute("2602", "known_effectif_ent")
    values = [
        (row["effectif_ent"], row["known_at"], row["known_at_assumed"])
        for row in january.rows(outcome.snapshot, "known_effectif_ent")
        if row["periode"] == date(2026, 1, 1)
    ]
    assert values == [(22, date(2026, 1, 31), True), (30, date(2026, 2, 28), False)]


class TestRefusals:
    """Every refusal is a sentence that names the fix, and leaves the publication as it was."""

    @pytest.fixture
    def chain(self, january):
        before = published(january.home)
        yield january
        assert published(january.home) == before

    def refused(self, chain, batch, **options):
        with pytest.raises(RunStopped) as refusal:
            chain.run(batch, **options)
        return str(refusal.value)

    def test_a_missing_folder(self, chain):
        assert "2602" in self.refused(chain, "2602")

    def test_a_due_file_that_is_missing(self, chain):
        (chain.deliver("2602") / "sigfaible_debits.csv").unlink()
        sentence = self.refused(chain, "2602")
        assert "(sigfaible_debits.csv). Déposez-le, ou gardez le lot 2601 (--carry-over debit), ou acceptez" in sentence

    def test_a_renamed_column(self, chain):
        chain.deliver("2602", sigfaible_debits=DEBIT_HEADER.replace("Mt_PO", "Montant") + "\n")
        sentence = self.refused(chain, "2602")
        assert "colonne Mt_PO introuvable" in sentence
        assert "--carry-over debit" in sentence

    def test_an_empty_file(self, chain):
        chain.deliver("2602", sigfaible_pcoll="")
        assert "fichier vide" in self.refused(chain, "2602")

    def test_too_many_rejects(self, chain):
        chain.deliver("2602", sigfaible_debits=f"{DEBIT_HEADER}\n{debit('X', '1', 1, '1260119', 1, 1)}")
        sentence = self.refused(chain, "2602")
        assert "1 rejet sur 1 ligne (100,00\u00a0%, seuil 1,00\u00a0%)" in sentence
        assert "--accept rejets:sigfaible_debits.csv" in sentence

    def test_a_file_that_lost_all_its_rows(self, chain):
        chain.deliver("2602", sigfaible_effectif_siren=headcounts())
        sentence = self.refused(chain, "2602")
        assert "sigfaible_effectif_siren.csv : 0 ligne gardée, il y en avait 4" in sentence
        assert "--accept volume:effectif_ent" in sentence

    def test_another_run_at_the_same_time(self, chain):
        with writing(chain.home):
            assert "Une autre exécution" in self.refused(chain, "2601")


def test_a_history_that_lost_some_rows_is_reported(chain):
    """A file cut between two lines is sound, and shorter."""
    lines = [f"{FOLLOWED};{rank};50;50;a" for rank in range(200)]
    chain.deliver("2601", sigfaible_effectif_siren=headcounts(*lines))
    chain.deliver("2602", sigfaible_effectif_siren=headcounts(*lines[:150]))
    chain.run("2601", until=Stage.STAGING)
    (warning,) = [w for w in chain.run("2602", until=Stage.STAGING).files.warnings if "livraison précédente" in w]
    assert warning == "sigfaible_effectif_siren.csv : 150 lignes gardées, il y en avait 200 à la livraison précédente."


def test_an_increment_without_a_row_is_reported(january):
    folder = january.deliver("2602")
    (folder / "annonces-commerciales.json").write_text("[]")
    outcome = january.run("2602", until=Stage.STAGING)
    assert any("annonces-commerciales.json : 0 ligne gardée" in warning for warning in outcome.files.warnings)


def test_a_file_not_yet_due_is_carried_forward(january):
    chain = january
    (chain.deliver("2602") / "sigfaible_effectif_siren.csv").unlink()
    outcome = chain.run("2602")
    assert outcome.files.carried == {"effectif_ent": "2601"}
    assert SourceFreshness("effectif_ent", "2601", date(2026, 1, 1)) in outcome.manifest.freshness
    assert chain.rows(outcome.snapshot, "clean_filter") == [{"siren": FOLLOWED}]


def test_a_breach_accepted_by_name_is_kept_in_the_manifest(chain):
    chain.deliver("2601", sigfaible_debits=f"{DEBIT_HEADER}\n{debit('X', '1', 1, '1260119', 1, 1)}")
    accepted = Acceptance.parse("rejets:sigfaible_debits.csv", "compte fermé, vu avec l'Urssaf")
    outcome = chain.run("2601", accepted=(accepted,))
    assert outcome.manifest.accepted == [
        {"rule": "rejets", "subject": "sigfaible_debits.csv", "reason": "compte fermé, vu avec l'Urssaf"}
    ]


def test_a_breach_accepted_after_the_file_was_carried_over_is_kept_too(january):
    (january.deliver("2602") / "sigfaible_debits.csv").unlink()
    january.run("2602", carry_over=frozenset({"debit"}), until=Stage.STAGING)
    outcome = january.run("2602", accepted=(Acceptance.parse("manquant:debit", "livré lundi"),), until=Stage.STAGING)
    assert [one.reason for one in outcome.files.accepted] == ["livré lundi"]


def test_a_month_older_than_the_one_published_is_built_and_not_published(january):
    shown = published(january.home)
    january.deliver("2512")
    outcome = january.run("2512")
    assert (outcome.published, published(january.home)) == (False, shown)
    assert "décrit le 31 décembre 2025" in outcome.files.warnings[0]
    assert publish(january.home, outcome.snapshot) == outcome.snapshot


def test_a_perimeter_of_nobody_is_not_published(chain):
    chain.deliver("2601", sigfaible_effectif_siren=headcounts(f"{FOLLOWED};2;2;2;a"))
    outcome = chain.run("2601")
    assert (outcome.published, published(chain.home)) == (False, None)
    assert outcome.files.warnings[0].startswith("Aucune entreprise n'entre dans le périmètre")


@pytest.mark.parametrize("text", ["rejets:nulle_part.csv", "manquant:dettes", "volume:dettes"])
def test_what_is_accepted_must_exist(chain, text):
    chain.deliver("2601")
    with pytest.raises(RunStopped, match="n'est pas un"):
        chain.run("2601", accepted=(Acceptance.parse(text, "raison"),))


def test_an_acceptance_that_did_not_serve_is_reported_and_not_kept(chain):
    chain.deliver("2601")
    outcome = chain.run("2601", accepted=(Acceptance.parse("volume:debit", "raison"),), until=Stage.STAGING)
    assert outcome.files.accepted == []
    assert "--accept volume:debit n'a pas servi : il n'y avait rien à accepter." in outcome.files.warnings


@pytest.mark.parametrize("text", ["", "rejets", "rejets:", "tout:sigfaible_debits.csv"])
def test_nothing_is_accepted_in_bulk(text):
    with pytest.raises(RunStopped, match="écrivez"):
        Acceptance.parse(text, "raison")


def test_a_breach_is_not_accepted_without_a_reason():
    with pytest.raises(RunStopped, match="--reason"):
        Acceptance.parse("manquant:debit", "  ")


def test_a_corrected_file_delivered_again_replaces_the_first(january):
    first = published(january.home)
    january.deliver("2601", sigfaible_effectif_siren=headcounts(f"{SMALL};50;50;50;c"))
    corrected = january.run("2601", until=Stage.PERIMETER)
    assert corrected.snapshot != first
    assert january.rows(corrected.snapshot, "clean_filter") == [{"siren": SMALL}]


def test_a_promoted_model_makes_another_snapshot_of_the_same_tables(january, monkeypatch):
    before = january.run("2601")
    monkeypatch.setattr("signaux_faibles.chain.build.promoted", lambda _home: "2026-01-logit-x")
    after = january.run("2601")
    assert after.snapshot.startswith(f"{before.snapshot}-")
    assert same_tables(*(january.home.snapshots / one.snapshot for one in (before, after)))
    assert set(after.resumed) == set(before.manifest.tables) - {"scores", "unscored"}


def test_a_damaged_table_is_not_taken_from_the_snapshot_of_the_same_data(january, monkeypatch):
    """Taken as it is, it would enter the manifest of the new snapshot as if it were sound."""
    before = january.run("2601")
    table = january.home.snapshots / before.snapshot / "tables" / "clean_debit.parquet"
    sound = table.read_bytes()
    table.write_bytes(sound[: len(sound) // 3] + bytes([sound[len(sound) // 3] ^ 0xFF]) + sound[len(sound) // 3 + 1 :])
    monkeypatch.setattr("signaux_faibles.chain.build.promoted", lambda _home: "2026-01-logit-x")
    after = january.run("2601")
    assert "clean_debit" not in after.resumed
    assert (january.home.snapshots / after.snapshot / "tables" / "clean_debit.parquet").read_bytes() == sound


def test_a_needed_file_that_was_never_delivered_stops_the_first_month(tmp_path):
    write_delivery(tmp_path / "in" / "2601")
    (tmp_path / "in" / "2601" / "sigfaible_effectif_siren.csv").unlink()
    with pytest.raises(RunStopped) as refusal:
        run(RunOptions("2601", tmp_path / "in"), Home(tmp_path / "home"))
    assert ", aucun lot antérieur ne l'a livré. Déposez-le, ou acceptez son absence (--accept" in str(refusal.value)


def test_a_promoted_model_that_cannot_be_read_stops_the_month_before_anything_is_read(tmp_path):
    write_delivery(tmp_path / "in" / "2601")
    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    (home.models / PROMOTED).write_text("2601-absent\n")
    with pytest.raises(DetectionRefused, match=r"2601-absent.*sf train"):
        run(RunOptions("2601", tmp_path / "in"), home)
    assert not list(home.staging.rglob("*.parquet"))
    assert run(RunOptions("2601", tmp_path / "in", until=Stage.PERIMETER), home).snapshot
