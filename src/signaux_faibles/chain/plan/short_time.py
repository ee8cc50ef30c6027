"""Activité partielle."""

from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables.short_time.ap import CLEAN_AP, clean_ap
from signaux_faibles.tables.short_time.ap_by_demande import AP_BY_DEMANDE, ap_by_demande

LONGEST_DEMAND = 36
"""Months after the reference date that a demand of activité partielle may cover: its longest form lasts three years."""


def _ap(inputs: Inputs) -> Relation:
    kept = inputs.companies("apdemande", "apconso")
    months = inputs.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND)
    return clean_ap(inputs.staged("apdemande"), inputs.staged("apconso"), kept, months)


TABLES: dict[Schema, Rule] = {
    CLEAN_AP: _ap,
    AP_BY_DEMANDE: lambda i: ap_by_demande(
        i.followed(i.staged("apdemande")),
        i.followed(i.staged("apconso")),
        i.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND),
    ),
}
