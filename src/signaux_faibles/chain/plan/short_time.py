"""Activité partielle."""

from signaux_faibles.chain.plan.delivered import Latest
from signaux_faibles.chain.plan.inputs import Among
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Companies, months_covered
from signaux_faibles.tables.short_time.ap import CLEAN_AP, clean_ap
from signaux_faibles.tables.short_time.ap_by_demande import AP_BY_DEMANDE, ap_by_demande

MONTHS = months_covered("apdemande", "periode_debut", "periode_fin")
"""Every month of every demande: a month left out would show consumed hours beside 0 authorised hours."""

STEPS = (
    Step(
        CLEAN_AP,
        clean_ap,
        apdemande=Latest("apdemande"),
        apconso=Latest("apconso"),
        companies=Companies(("apdemande", "apconso")),
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
