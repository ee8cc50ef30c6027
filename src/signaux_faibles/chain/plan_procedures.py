"""Procédures collectives."""

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.chain.inputs import Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import with_siren
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables import schemas
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.procol import CLOSING_OF_ONE_ESTABLISHMENT, EVENT, clean_procol, clean_procol_at_date, label

FIRST_MONTH = date(2016, 1, 1)
"""First month of `clean_procol_at_date` (import-chain §8.8)."""


def _known_procol(inputs: Inputs) -> Relation:
    known = CONTRACTS["procol"].known_at
    deliveries = with_siren(inputs.every_delivery("procol"))
    told = clean_events(deliveries)
    return first_known(told, EVENT, [], "date_effet", known.lag_days).with_columns(libelle_procol=label())


def clean_events(deliveries: Relation) -> Relation:
    """The events that `clean_procol` keeps, with the delivery that told them."""
    return deliveries.filter(nw.col("stade_procol").fill_null("") != CLOSING_OF_ONE_ESTABLISHMENT)


TABLES: dict[Schema, Rule] = {
    schemas.CLEAN_PROCOL: lambda i: clean_procol(i.followed(i.staged("procol"))),
    schemas.KNOWN_PROCOL: _known_procol,
    schemas.CLEAN_PROCOL_AT_DATE: lambda i: clean_procol_at_date(i.table("clean_procol"), i.calendar(FIRST_MONTH)),
}
