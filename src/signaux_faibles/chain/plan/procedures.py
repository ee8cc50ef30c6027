"""Procédures collectives: what Urssaf tells, what BODACC publishes, and one chronology of both."""

from datetime import date

import narwhals.stable.v2 as nw

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import with_siren
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_UNMATCHED,
    BODACC_VERDICTS,
    bodacc_events,
    bodacc_unmatched,
    bodacc_verdicts,
    standing,
)
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY, procedures_chronology
from signaux_faibles.tables.procedures.procol import (
    CLEAN_PROCOL,
    CLEAN_PROCOL_AT_DATE,
    CLOSING_OF_ONE_ESTABLISHMENT,
    CURRENT_PROCEDURES,
    EVENT,
    KNOWN_PROCOL,
    PROCOL_EVIDENCE,
    clean_procol,
    clean_procol_at_date,
    label,
    procol_at,
    procol_evidence,
)

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
    CLEAN_PROCOL: lambda i: clean_procol(i.followed(i.staged("procol"))),
    KNOWN_PROCOL: _known_procol,
    CLEAN_PROCOL_AT_DATE: lambda i: clean_procol_at_date(i.table("clean_procol"), i.calendar(FIRST_MONTH)),
    PROCOL_EVIDENCE: lambda i: procol_evidence(i.followed(i.staged("procol")), i.as_of),
    BODACC_VERDICTS: lambda i: bodacc_verdicts(i.standing("bodacc")),
    BODACC_UNMATCHED: lambda i: bodacc_unmatched(i.table("bodacc_verdicts")),
    BODACC_EVENTS: lambda i: bodacc_events(i.table("bodacc_verdicts")),
    PROCEDURES_CHRONOLOGY: lambda i: procedures_chronology(i.table("known_procol"), standing(i.table("bodacc_events"))),
    CURRENT_PROCEDURES: lambda i: procol_at(i.table("procedures_chronology"), i.as_of),
}
