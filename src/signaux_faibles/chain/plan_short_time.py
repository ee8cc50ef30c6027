"""Activité partielle."""

from signaux_faibles.chain.inputs import FIRST_HEADCOUNT, Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables import own_schemas as own
from signaux_faibles.tables import schemas
from signaux_faibles.tables.ap import clean_ap
from signaux_faibles.tables.ap_by_demande import ap_by_demande

LONGEST_DEMAND = 36
"""Months after the reference date that a demand of activité partielle may cover: its longest form lasts three years."""


def _ap(inputs: Inputs) -> Relation:
    kept = inputs.companies("apdemande", "apconso")
    months = inputs.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND)
    return clean_ap(inputs.staged("apdemande"), inputs.staged("apconso"), kept, months)


TABLES: dict[Schema, Rule] = {
    schemas.CLEAN_AP: _ap,
    own.AP_BY_DEMANDE: lambda i: ap_by_demande(
        i.followed(i.staged("apdemande")),
        i.followed(i.staged("apconso")),
        i.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND),
    ),
}
