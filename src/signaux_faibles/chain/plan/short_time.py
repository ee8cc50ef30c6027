"""Activité partielle."""

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Among
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Companies, Latest, months
from signaux_faibles.tables.short_time.ap import CLEAN_AP, clean_ap
from signaux_faibles.tables.short_time.ap_by_demande import AP_BY_DEMANDE, ap_by_demande

LONGEST_DEMAND = 36
"""Months after the reference date that a demand of activité partielle may cover: its longest form lasts three years."""
MONTHS = months(FIRST_HEADCOUNT, LONGEST_DEMAND)

STEPS = (
    Step(
        CLEAN_AP,
        clean_ap,
        apdemande=Latest("apdemande"),
        apconso=Latest("apconso"),
        kept=Companies(("apdemande", "apconso")),
        calendar=MONTHS,
        rows_of=("apdemande", "apconso"),
    ),
    Step(
        AP_BY_DEMANDE,
        ap_by_demande,
        apdemande=Latest("apdemande", Among.PERIMETER),
        apconso=Latest("apconso", Among.PERIMETER),
        calendar=MONTHS,
        rows_of=("apdemande", "apconso"),
    ),
)
