"""Headcounts, as the Urssaf delivers them and as they became known."""

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.register.effectif import (
    CLEAN_EFFECTIF,
    CLEAN_EFFECTIF_ENT,
    EFFECTIF_GAPS,
    KNOWN_EFFECTIF_ENT,
    clean_effectif,
    clean_effectif_ent,
    effectif_gaps,
)


def _known_effectif_ent(inputs: Inputs) -> Relation:
    known = CONTRACTS["effectif_ent"].known_at
    deliveries = inputs.every_delivery("effectif_ent")
    return first_known(deliveries, ["siren", "periode"], ["effectif_ent"], "periode", known.lag_days)


TABLES: dict[Schema, Rule] = {
    CLEAN_EFFECTIF: lambda i: clean_effectif(i.followed(i.staged("effectif"))),
    CLEAN_EFFECTIF_ENT: lambda i: clean_effectif_ent(i.followed(i.staged("effectif_ent"))),
    EFFECTIF_GAPS: lambda i: effectif_gaps(i.table("clean_effectif_ent")),
    KNOWN_EFFECTIF_ENT: _known_effectif_ent,
}
