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
    # A plan of ten years adopted before the first events delivered, of 2006, ends by 2018.
    unopened = first.filter("date_effet >= DATE '2018-01-01' AND stade_procol <> 'ouverture'")
    assert unopened.fetchall() == []


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


def test_headcounts_of_establishments_add_up_to_those_of_companies(rows: Rows) -> None:
    sites = rows("effectif", "2603").aggregate(
        "left(siret, 9) AS siren, periode, sum(effectif) AS total", "siren, periode"
    )
    both = sites.set_alias("s").join(rows("effectif_ent", "2603").set_alias("c"), "siren, periode")
    assert len(both) > 50_000
    assert both.filter("total <> effectif_ent").fetchall() == []


def test_contributions_follow_headcounts(rows: Rows) -> None:
    """Between 400 and 3,000 euros a month and employee, for companies that pay each month."""
    months = rows("cotisation", "2603").filter("periode_fin = periode_debut + INTERVAL 1 MONTH")
    due = months.aggregate("left(siret, 9) AS siren, periode_debut AS periode, sum(du) AS due", "siren, periode")
    both = due.set_alias("d").join(
        rows("effectif_ent", "2603").filter("effectif_ent >= 10").set_alias("c"), "siren, periode"
    )
    each = both.project("due / effectif_ent AS each")
    assert len(each) > 50_000
    assert len(each.filter("each NOT BETWEEN 300 AND 4000")) < 0.001 * len(each)


def test_some_contributions_are_paid_by_quarter(rows: Rows) -> None:
    quarters = rows("cotisation", "2603").filter("periode_fin = periode_debut + INTERVAL 3 MONTH")
    assert 0 < len(quarters) < 0.1 * len(rows("cotisation", "2603"))


def test_what_is_consumed_was_asked_for_and_authorised(rows: Rows) -> None:
    demand, used = rows("apdemande", "2603"), rows("apconso", "2603")
    assert len(demand.unique("id_demande")) == len(demand)
    consumed = used.aggregate("id_demande, sum(heures) AS consumed, min(periode) AS first", "id_demande")
    both = consumed.set_alias("u").join(demand.set_alias("d"), "id_demande")
    assert len(both) == len(consumed)
    assert both.filter("consumed > heures + 1 OR consumed <> heures_consommees").fetchall() == []
    assert both.filter("first < date_trunc('month', periode_debut)").fetchall() == []


def test_the_health_crisis_fills_the_demands_of_2020(rows: Rows) -> None:
    years = rows("apdemande", "2603").aggregate("year(periode_debut) AS y, count(*) AS n", "y").fetchall()
    count = dict(years)
    assert count[2020] > 10 * count[2019]
    assert count[2023] < 0.2 * count[2020]


def test_a_move_keeps_one_active_head_office_and_the_debt_follows(rows: Rows) -> None:
    closed = rows("sirene", "2603").filter("NOT est_actif").project("siret")
    active_units = rows("sirene_ul", "2603").filter("est_actif").project("siren")
    owed = (
        rows("debit", "2603")
        .project("siret, left(siret, 9) AS siren, numero_compte")
        .filter("right(numero_compte, 2) = '00'")
    )
    on_closed = owed.set_alias("o").join(active_units.set_alias("u"), "siren").join(closed.set_alias("c"), "siret")
    assert len(on_closed) == 0


def test_the_truth_reports_what_the_files_hide(country: dict[str, Invention]) -> None:
    truth = country["2603"].truth
    connection = duckdb.connect()
    failures = connection.read_parquet(str(truth / "failures.parquet"))
    assert failures.max("date_ouverture").fetchall()[0][0].year > 2026
    assert set(failures.unique("cause").fetchall()) == {("choc",), ("usure",), ("crise",)}
    hazard = connection.read_parquet(str(truth / "hazard.parquet"))
    assert hazard.filter("NOT risque_mensuel BETWEEN 0 AND 0.5").fetchall() == []
