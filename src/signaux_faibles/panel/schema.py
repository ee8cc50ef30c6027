"""The columns of the panel and of the labels, and what they mean."""

from __future__ import annotations

from signaux_faibles.panel.accounts import ACCOUNT_FEATURES
from signaux_faibles.panel.short_time import SHORT_TIME_FEATURES
from signaux_faibles.panel.suppliers import SUPPLIER_FEATURES
from signaux_faibles.relations.schema import Field, Kind, Schema, table

PANEL = Schema(
    "panel",
    (
        Field("siren", Kind.TEXT),
        Field("periode", Kind.DATE, "first day of the month M; the row says what was known at the end of M"),
        Field("in_bonis", Kind.BOOLEAN, "no procedure in progress at the end of M, by the events known then"),
        Field("procedure_anterieure", Kind.BOOLEAN, "a procedure was opened before, by the events known then"),
        Field("naf_section", Kind.TEXT, "NAF rév. 2, of the present register: its past values are not delivered"),
        Field("naf25_section", Kind.TEXT, "the same in the NAF 2025"),
        Field("age_entreprise", Kind.INTEGER, "since the creation; NULL when unknown", "month"),
        Field("effectif", Kind.INTEGER, "last headcount known", "employee"),
        Field("effectif_anciennete", Kind.INTEGER, "from the month of that headcount to M", "month"),
        Field("effectif_retard", Kind.INTEGER, "from that month to the last month known of any company", "month"),
        Field("effectif_evolution_6", Kind.REAL, "relative change over 6 months; NULL when one end is unknown or zero"),
        Field(
            "effectif_evolution_12", Kind.REAL, "relative change over 12 months; NULL when one end is unknown or zero"
        ),
        Field("effectif_known_at", Kind.DATE, "when the last headcount became known"),
        Field("part_ouvriere", Kind.EUROS, "employee share of the debt on the 20th of M", "euro"),
        Field("part_patronale", Kind.EUROS, "employer share of the debt on the 20th of M", "euro"),
        Field(
            "dette_anciennete", Kind.INTEGER, "from the last month processed to M; debts are NULL when above 0", "month"
        ),
        Field("age_dette", Kind.INTEGER, "since the start of the oldest period unpaid; NULL without debt", "month"),
        Field("dette_evolution_3", Kind.EUROS, "change of the whole debt over 3 months", "euro"),
        Field("dette_evolution_12", Kind.EUROS, "change of the whole debt over 12 months", "euro"),
        Field("dette_nouvelle_12", Kind.EUROS, "new debt of the 12 months up to M", "euro"),
        Field("rembourse_12", Kind.EUROS, "debt repaid in the 12 months up to M", "euro"),
        Field(
            "mois_impayes_12", Kind.INTEGER, "of the 12 months up to M, those with an employee share unpaid", "month"
        ),
        Field("dette_max_12", Kind.EUROS, "greatest whole debt of the 12 months up to M", "euro"),
        Field("dette_par_salarie", Kind.REAL, "whole debt over the headcount; NULL when one is unknown", "euro"),
        Field("known_at_assumed", Kind.REAL, "share of the headcounts used whose date of knowledge is assumed"),
        *ACCOUNT_FEATURES,
        *SUPPLIER_FEATURES,
        *SHORT_TIME_FEATURES,
        Field("delai_en_cours", Kind.BOOLEAN, "a payment plan granted by Urssaf runs, by those known then"),
    ),
    ("siren", "periode"),
    "the companies of the perimeter of each month, as they were known at its end",
)

LAST_HEADCOUNT_MONTHS = table(
    "last_headcount_months",
    ("periode",),
    "the last month whose headcount was known for any company, at the end of each month",
    periode=Kind.DATE,
    derniere_periode=Kind.DATE,
)

PANEL_HEADCOUNTS = table(
    "panel_headcounts",
    ("siren", "periode"),
    "the last headcount known at the end of each month, for the companies of the perimeter of that month",
    siren=Kind.TEXT,
    periode=Kind.DATE,
    effectif=Kind.INTEGER,
    effectif_anciennete=Kind.INTEGER,
    effectif_retard=Kind.INTEGER,
    effectif_evolution_6=Kind.REAL,
    effectif_evolution_12=Kind.REAL,
    effectif_known_at=Kind.DATE,
    known_at_assumed=Kind.REAL,
)

PANEL_DEBTS = table(
    "panel_debts",
    ("siren", "periode"),
    "the debt of each company at consecutive months from its first known headcount",
    siren=Kind.TEXT,
    periode=Kind.DATE,
    part_ouvriere=Kind.EUROS,
    part_patronale=Kind.EUROS,
    dette=Kind.EUROS,
    dette_nouvelle=Kind.EUROS,
    rembourse=Kind.EUROS,
    impaye_depuis=Kind.DATE,
    dette_anciennete=Kind.INTEGER,
)

PANEL_DEBT_FEATURES = table(
    "panel_debt_features",
    ("siren", "periode"),
    "how the debt of a company changed over a year",
    siren=Kind.TEXT,
    periode=Kind.DATE,
    part_ouvriere=Kind.EUROS,
    part_patronale=Kind.EUROS,
    dette=Kind.EUROS,
    dette_anciennete=Kind.INTEGER,
    age_dette=Kind.INTEGER,
    dette_evolution_3=Kind.EUROS,
    dette_evolution_12=Kind.EUROS,
    dette_nouvelle_12=Kind.EUROS,
    rembourse_12=Kind.EUROS,
    mois_impayes_12=Kind.INTEGER,
    dette_max_12=Kind.EUROS,
)
"""Written one by one before the panel: computing them in one plan needs several times their memory."""

HORIZONS = (6, 12, 18)
LONGEST = max(HORIZONS)

LABELS = table(
    "labels",
    ("siren", "periode"),
    "whether a procedure opened within 6, 12, 18 months; NULL when censored or not at risk",
    siren=Kind.TEXT,
    periode=Kind.DATE,
    at_risk=Kind.BOOLEAN,
    target_6=Kind.BOOLEAN,
    target_12=Kind.BOOLEAN,
    target_18=Kind.BOOLEAN,
)
