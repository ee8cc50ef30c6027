"""Débits: the versions of each écart négatif of an Urssaf account (import-chain §5.4).

Generated page: docs/sources/debit.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import (
    BOOL,
    CENTIMES,
    CODE,
    INTEGER,
    ISO_DATE,
    PERIOD_END,
    PERIOD_START,
    SIRET,
    TEXT,
    URSSAF_DATE,
)
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.spellings.urssaf_periods import outside_the_calendar
from signaux_faibles.sources.urssaf.origin import MONTHLY


def month_of_the_20th(day: str) -> str:
    """SQL of the month in which a processing counts: its own up to the 20th, the next one from the 21st."""
    return f"CAST(date_trunc('month', {day}) + to_months(CASE WHEN day({day}) <= 20 THEN 0 ELSE 1 END) AS DATE)"


def compact(day: str) -> str:
    """SQL of a date as AAAAMMJJ."""
    return f"strftime({day}, '%Y%m%d')"


DEBIT = Contract(
    name="debit",
    title="Débits : dettes de cotisations sociales",
    owner="Urssaf Caisse nationale",
    origin=MONTHLY,
    family=Family.URSSAF,
    reference="import-chain §5.4",
    files=FileNames(exact=("sigfaible_debits.csv",)),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=21),
    known_at=KnownAt(column="date_traitement"),
    columns=(
        Column("siret", SIRET, "Siret", required=True),
        Column("numero_compte", CODE, "num_cpte", doc="Urssaf account; part of the key of a debt (contract W33)"),
        Column("numero_ecart_negatif", CODE, "Num_Ecn", longest=50),
        Column(
            "date_traitement", URSSAF_DATE, "Dt_trt_ecn", required=True, doc="day on which the version was processed"
        ),
        Column("part_ouvriere", CENTIMES, "Mt_PO", required=True, unit="euro", doc="employee share"),
        Column("part_patronale", CENTIMES, "Mt_PP", required=True, unit="euro", doc="employer share"),
        Column("numero_historique_ecart_negatif", INTEGER, "Num_Hist_Ecn", doc="rank of the version"),
        Column("etat_compte", INTEGER, "Etat_cpte", doc="1 actif, 2 suspendu, 3 radié"),
        Column("code_procedure_collective", CODE, "Cd_pro_col", longest=10),
        Column("periode_debut", PERIOD_START, "Periode", required=True),
        Column("periode_fin", PERIOD_END, "Periode", required=True, doc="excluded"),
        Column(
            "periode_prise_en_compte",
            ISO_DATE,
            derived=month_of_the_20th("date_traitement"),
            doc="month in which the version counts: that of its date_traitement up to the 20th, the next one after",
        ),
        Column("code_operation_ecart_negatif", CODE, "Cd_op_ecn", longest=10),
        Column("code_motif_ecart_negatif", CODE, "Motif_ecn", longest=10),
        Column("recours_en_cours", BOOL, "Recours_en_cours", required=True),
        Column(
            "debit_id",
            TEXT,
            derived=f"concat(siret, {compact('periode_debut')}, {compact('periode_fin')}, numero_ecart_negatif)",
            doc="establishment, period and écart négatif; the account is in its own column",
        ),
    ),
    doubt=(
        Rule("Periode hors du calendrier (trimestre de 1 à 4, mois de 0 à 3)", outside_the_calendar(raw("Periode"))),
    ),
    notes=("Without penalties or late-payment charges.",),
)
