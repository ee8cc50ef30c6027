"""What holds in every file of the invented country, whatever the chance."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from signaux_faibles.fictitious import Invention

Rows = Callable[[str, str], duckdb.DuckDBPyRelation]
DEBT = "left(siret, 9), numero_compte, numero_ecart_negatif, periode_debut"


def test_the_versions_of_a_debt_are_numbered_in_the_order_of_their_days(rows: Rows) -> None:
    debit = rows("debit", "2603")
    ranked = debit.project(
        f"numero_historique_ecart_negatif AS number, "
        f"row_number() OVER (PARTITION BY {DEBT} ORDER BY date_traitement, numero_historique_ecart_negatif) AS rank"
    )
    assert ranked.filter("number <> rank").fetchall() == []


def test_a_debt_never_grows(rows: Rows) -> None:
    window = f"OVER (PARTITION BY {DEBT} ORDER BY numero_historique_ecart_negatif)"
    debit = rows("debit", "2603").project(
        f"part_ouvriere - lag(part_ouvriere) {window} AS po, part_patronale - lag(part_patronale) {window} AS pp"
    )
    assert debit.filter("po > 0 OR pp > 0").fetchall() == []


def test_a_settled_debt_ends_at_zero_and_most_are_settled(rows: Rows) -> None:
    last = rows("debit", "2603").query(
        "debit",
        f"SELECT * FROM debit QUALIFY row_number() OVER "
        f"(PARTITION BY {DEBT} ORDER BY numero_historique_ecart_negatif DESC) = 1",
    )
    old = last.filter("periode_debut < DATE '2023-01-01'")
    assert len(old.filter("part_ouvriere + part_patronale = 0")) > 0.9 * len(old)
    written_off = old.filter("code_operation_ecart_negatif = '3'")
    assert len(written_off) > 0
    assert len(written_off.filter("part_ouvriere + part_patronale <> 0")) == 0


def test_a_debt_starts_with_a_mise_en_recouvrement_after_its_due_date(rows: Rows) -> None:
    first = rows("debit", "2603").filter("numero_historique_ecart_negatif = 1")
    assert first.filter("code_operation_ecart_negatif <> '1'").fetchall() == []
    assert first.filter("date_traitement < periode_fin + INTERVAL 14 DAY").fetchall() == []


def test_a_procedure_opens_before_anything_else_happens_to_it(rows: Rows) -> None:
    procol = rows("procol", "2603").project("*, left(siret, 9) AS siren")
    first = procol.query(
        "procol",
        "SELECT * FROM procol QUALIFY row_number() OVER (PARTITION BY siren ORDER BY date_effet, "
        "CASE WHEN stade_procol = 'ouverture' THEN 0 ELSE 1 END) = 1",
    )
    since_2008 = first.filter("date_effet >= DATE '2012-01-01' AND stade_procol <> 'ouverture'")
    assert since_2008.fetchall() == []


def test_every_stage_and_action_is_met(rows: Rows) -> None:
    procol = rows("procol", "2603")
    assert set(procol.unique("action_procol").fetchall()) == {("liquidation",), ("redressement",), ("sauvegarde",)}
    assert {stage for (stage,) in procol.unique("stade_procol").fetchall()} == {
        "ouverture",
        "plan_continuation",
        "fin_procedure",
        "inclusion_autre_procedure",
        "solde_procedure",
    }


@pytest.mark.parametrize("batch", ["1809", "2603"])
def test_every_company_has_one_head_office(rows: Rows, batch: str) -> None:
    heads = rows("sirene", batch).aggregate("siren, count(*) FILTER (siege) AS heads", "siren")
    assert heads.filter("heads <> 1").fetchall() == []


def test_the_perimeter_has_something_to_exclude(rows: Rows) -> None:
    units, sites = rows("sirene_ul", "2603"), rows("sirene", "2603")
    assert len(units.filter("categorie_juridique IN ('7210', '7220', '7346', '7379', '7389', '4110')")) > 0
    assert len(units.filter("activite_principale IN ('84.11Z', '85.31Z', '66.22Z', '64.19Z')")) > 0
    assert len(sites.filter("siege AND departement IS NULL AND code_pays_etranger IS NOT NULL")) > 0
    assert len(sites.filter("statut_diffusion = 'P' AND voie = '[ND]'")) > 0
    assert len(sites.filter("NOT est_actif")) > 0
    assert len(rows("effectif_ent", "2603").filter("effectif_ent < 10")) > 0


def test_the_sample_holds_about_500_companies_of_ten_or_more(rows: Rows) -> None:
    last_year = rows("effectif_ent", "2603").filter("periode >= DATE '2025-01-01' AND effectif_ent >= 10")
    assert 400 < len(last_year.unique("siren")) < 650


def test_the_truth_tells_what_the_files_hide(country: dict[str, Invention]) -> None:
    truth = country["2603"].truth
    connection = duckdb.connect()
    failures = connection.read_parquet(str(truth / "failures.parquet"))
    assert failures.max("date_ouverture").fetchall()[0][0].year > 2026
    assert set(failures.unique("cause").fetchall()) == {("choc",), ("usure",), ("crise",)}
    hazard = connection.read_parquet(str(truth / "hazard.parquet"))
    assert hazard.filter("NOT risque_mensuel BETWEEN 0 AND 0.5").fetchall() == []
