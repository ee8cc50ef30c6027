"""The panel: each company of the perimeter in each month, with what was known at the end of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.panel.debts import debts
from signaux_faibles.panel.procedures import first_known_opening, months_in_procedure
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.perimeter.rules import CURRENT, without_head_office
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import month_index, spread_months
from signaux_faibles.relations.months import index_of
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2

FIRST_MONTH = date(2011, 1, 1)
"""One year after the first headcounts and debts, early enough for the first back-test to begin in March 2018."""
WARM_UP = 12
"""Months before the first one, for features that look back a year."""


@dataclass(frozen=True)
class LastDeliveries:
    """The day of the last delivery of sources that list only the companies they concern; None without a delivery.

    After that day, a company missing from the source may still be concerned.
    """

    short_time: date | None
    plans: date | None


def panel_debts(facts: Relation, company_debt: Relation, all_debts: Relation, calendar: Calendar) -> Relation:
    """The debt of each company that ever had a known headcount, in consecutive months.

    Args:
        facts: `KNOWN_EFFECTIF_ENT`; company_debt: `COMPANY_DEBT_BY_MONTH`; both for all companies or the same ones.
        all_debts: `COMPANY_DEBT_BY_MONTH` of all companies.
        calendar: it should begin by January 2010, or at the first headcount.
    Returns:
        the columns of `PANEL_DEBTS`.
    """
    return debts(_spine(facts, calendar), company_debt, all_debts)


def panel(
    headcounts: Relation,
    debt_features: Relation,
    accounts: Relation,
    suppliers: Relation,
    short_time: Relation,
    all_short_time: Relation,
    plans: Relation,
    last_deliveries: LastDeliveries,
    units: Relation,
    activities: Relation,
    events: Relation,
    calendar: Calendar,
) -> Relation:
    """One row per company and month, from January 2011, or its first known headcount, to the end of the calendar.

    A row reads only what was known at the end of its month. The perimeter is that of the month: `clean_filter` is not
    read, because it lists the companies followed today, without those that failed years ago. For the same reason the
    tables must contain all companies ever followed, or the past would look healthier than it was.

    Only the headcount is that of the month: in every past month, the legal category, the activity (with its section)
    and the head office are those of today's register, whose past values are not delivered. A company that changed one
    of them may be wrongly missing from some past months, or wrongly present in them. The section is given in both
    nomenclatures, so that a model that learned from one still reads the deliveries of the other.

    Args:
        headcounts: `PANEL_HEADCOUNTS`; debt_features: `PANEL_DEBT_FEATURES`; accounts: `PANEL_ACCOUNTS`;
            suppliers: `PANEL_SUPPLIERS`; short_time: `PANEL_SHORT_TIME`; plans: `PANEL_PLANS`.
        all_short_time: the same as short_time, for all companies, which shows when the source begins.
        last_deliveries: after them, the absence of a company says nothing.
        units: `CLEAN_SIRENE_UL`; activities: `ACTIVITIES`; events: `KNOWN_PROCOL`.
        calendar: up to the month of the batch.
    Returns:
        the columns of `PANEL`.
    """
    rows = (
        headcounts.filter(nw.col("periode") >= nw.lit(FIRST_MONTH))
        .join(_followed_units(units, activities), on="siren", how="inner")
        .join(debt_features, on=["siren", "periode"], how="left")
        .join(accounts, on=["siren", "periode"], how="left")
        .join(suppliers, on=["siren", "periode"], how="left")
        .join(short_time, on=["siren", "periode"], how="left")
        .join(all_short_time.select(short_time_begins_=nw.col("periode").min()), how="cross")
        .join(plans.with_columns(plan_=nw.lit(True)), on=["siren", "periode"], how="left")
        .join(_in_procedure(events, calendar), on=["siren", "periode"], how="left")
        .join(first_known_opening(events), on="siren", how="left")
    )
    return _derived(_with_absences(rows, last_deliveries)).select(*PANEL.names)


def _with_absences(rows: Relation, last_deliveries: LastDeliveries) -> Relation:
    """Zero, or false, for a company that a source does not list, in the months that the source describes."""
    month = nw.col("periode")
    of_short_time = (month >= nw.col("short_time_begins_")) & (month <= nw.lit(last_deliveries.short_time, nw.Date))
    of_plans = month <= nw.lit(last_deliveries.plans, nw.Date)
    return rows.with_columns(
        ap_etp_12=nw.when(of_short_time).then(nw.col("ap_etp_12").fill_null(0.0)),
        ap_mois_12=nw.when(of_short_time).then(nw.col("ap_mois_12").fill_null(0)),
        delai_en_cours=nw.when(of_plans).then(nw.col("plan_").fill_null(False)),
    )


def _derived(rows: Relation) -> Relation:
    month = month_index(nw.col("periode"))
    age = month - month_index(nw.col("creation"))
    return rows.with_columns(
        in_bonis=nw.col("in_procedure_").is_null(),
        procedure_anterieure=(nw.col("opened_") <= month).fill_null(False),
        age_entreprise=nw.when(age >= 0).then(age),
        dette_par_salarie=nw.when(nw.col("effectif") > 0).then(
            nw.col("dette").cast(nw.Float64) / nw.col("effectif").cast(nw.Float64)
        ),
    )


def _in_procedure(events: Relation, calendar: Calendar) -> Relation:
    return months_in_procedure(events, calendar, as_known=True).with_columns(in_procedure_=nw.lit(True))


def _spine(facts: Relation, calendar: Calendar) -> Relation:
    """Consecutive months of each company from its first known headcount."""
    first = facts.group_by("siren").agg(known_=month_index(nw.col("known_at")).min())
    begins = nw.lit(index_of(FIRST_MONTH) - WARM_UP)
    starts = first.select("siren", start_=nw.max_horizontal(nw.col("known_"), begins)).with_columns(
        stop_=nw.lit(index_of(calendar.last) + 1)
    )
    return spread_months(starts, "start_", "stop_", calendar).select("siren", "periode")


def _followed_units(units: Relation, activities: Relation) -> Relation:
    """The registered companies that no rule on legal form, activity or head office excludes (import-chain §6.4)."""
    sections = activities.select("siren", "nomenclature", naf_section="rev2_1", naf25_section="naf25_1")
    described = units.select(
        "siren", "creation", "categorie_juridique", "departement", NAF_REV2.delivered, NAF_2025.delivered
    ).join(sections, on="siren", how="left")
    excluded = CURRENT.excluded_activity() | CURRENT.excluded_legal_category() | without_head_office()
    return described.filter(~excluded).select("siren", "naf_section", "naf25_section", "creation")
