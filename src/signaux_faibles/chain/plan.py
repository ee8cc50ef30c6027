"""The tables of a snapshot, in the order in which they are computed, each from those before it (DESIGN §2, §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

import narwhals.stable.v2 as nw

from signaux_faibles.chain.inputs import Inputs
from signaux_faibles.panel.build import panel
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.perimeter.perimeter import EVER_FOLLOWED, PERIMETER, clean_filter, ever_followed, perimeter
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables import schemas
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.debit import clean_debit, debt_by_month, debt_versions
from signaux_faibles.tables.effectif import clean_effectif_ent
from signaux_faibles.tables.procol import EVENT, clean_procol, clean_procol_at_date, label
from signaux_faibles.tables.register import clean_sirene, clean_sirene_ul

FIRST_MONTH = date(2016, 1, 1)
"""First month of `clean_procol_at_date` (import-chain §8.8)."""
FIRST_DEBT = date(2010, 1, 1)
"""No debt is older in the deliveries (DESIGN §9)."""

FIRST_HEADCOUNT = date(2010, 1, 1)
"""First month of the headcount files (import-chain §5.8)."""
PANEL_READS = ("debt_by_month", "known_effectif_ent", "known_procol", "clean_sirene_ul")


class Step(Enum):
    """The steps of a run, in order; `--until` names one."""

    STAGING = "staging"
    PERIMETER = "perimeter"
    TABLES = "tables"
    PANEL = "panel"
    SCORE = "score"
    PUBLISH = "publish"

    def reached_by(self, until: Step) -> bool:
        """Whether a run that stops after `until` does this step."""
        steps = list(Step)
        return steps.index(self) <= steps.index(until)


@dataclass(frozen=True)
class TableStep:
    """A table and the rule that computes it."""

    step: Step
    schema: Schema
    rule: Callable[[Inputs], Relation]


def _known_effectif_ent(inputs: Inputs) -> Relation:
    known = CONTRACTS["effectif_ent"].known_at
    deliveries = inputs.every_delivery("effectif_ent")
    return first_known(deliveries, ["siren", "periode"], ["effectif_ent"], "periode", known.lag_days)


def _known_procol(inputs: Inputs) -> Relation:
    known = CONTRACTS["procol"].known_at
    deliveries = inputs.every_delivery("procol").with_columns(siren=nw.col("siret").str.slice(0, 9))
    told = clean_events(deliveries)
    return first_known(told, EVENT, [], "date_effet", known.lag_days).with_columns(libelle_procol=label())


def clean_events(deliveries: Relation) -> Relation:
    """The events that `clean_procol` keeps, with the delivery that told them."""
    return deliveries.filter(nw.col("stade_procol").fill_null("") != "solde_procedure")


PLAN: tuple[TableStep, ...] = (
    TableStep(
        Step.PERIMETER,
        PERIMETER,
        lambda i: perimeter(i.staged("effectif_ent"), i.staged("sirene_ul"), i.staged("sirene")),
    ),
    TableStep(Step.PERIMETER, schemas.CLEAN_FILTER, lambda i: clean_filter(i.table("perimeter"))),
    TableStep(
        Step.PERIMETER,
        EVER_FOLLOWED,
        lambda i: ever_followed(i.staged("effectif_ent"), i.table("perimeter")),
    ),
    TableStep(
        Step.TABLES,
        schemas.CLEAN_SIRENE,
        lambda i: clean_sirene(i.staged("sirene"), i.reference("naf_codes"), i.reference("labels_departement_region")),
    ),
    TableStep(
        Step.TABLES,
        schemas.CLEAN_SIRENE_UL,
        lambda i: clean_sirene_ul(
            i.staged("sirene_ul"),
            i.staged("sirene"),
            i.reference("naf_codes"),
            i.reference("naf25_codes"),
            i.reference("categories_juridiques"),
            i.reference("labels_departement_region"),
        ),
    ),
    TableStep(
        Step.TABLES, schemas.CLEAN_EFFECTIF_ENT, lambda i: clean_effectif_ent(i.followed(i.staged("effectif_ent")))
    ),
    TableStep(Step.TABLES, schemas.KNOWN_EFFECTIF_ENT, _known_effectif_ent),
    TableStep(Step.TABLES, schemas.DEBT_VERSIONS, lambda i: debt_versions(i.ever_followed(i.staged("debit")))),
    TableStep(Step.TABLES, schemas.CLEAN_DEBIT, lambda i: clean_debit(i.followed(i.table("debt_versions")))),
    TableStep(
        Step.TABLES,
        schemas.DEBT_BY_MONTH,
        lambda i: debt_by_month(
            clean_debit(i.table("debt_versions")), i.table("debt_versions"), i.calendar(FIRST_DEBT)
        ),
    ),
    TableStep(Step.TABLES, schemas.CLEAN_PROCOL, lambda i: clean_procol(i.followed(i.staged("procol")))),
    TableStep(Step.TABLES, schemas.KNOWN_PROCOL, _known_procol),
    TableStep(
        Step.TABLES,
        schemas.CLEAN_PROCOL_AT_DATE,
        lambda i: clean_procol_at_date(i.table("clean_procol"), i.calendar(FIRST_MONTH)),
    ),
    TableStep(
        Step.PANEL,
        PANEL,
        lambda i: panel({name: i.table(name) for name in PANEL_READS}, i.calendar(FIRST_HEADCOUNT)),
    ),
)

REQUIRED = ("sirene", "sirene_ul", "effectif_ent", "debit", "procol")
"""The types that the plan reads: a run without one of them needs an acceptance by name."""

SCHEMAS = {step.schema.name: step.schema for step in PLAN}
