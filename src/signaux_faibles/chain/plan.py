"""The tables of a snapshot, in the order in which they are computed, each from those before it (DESIGN §2, §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

import narwhals.stable.v2 as nw

from signaux_faibles.chain.inputs import Inputs
from signaux_faibles.detection.scoring import SCORES, promoted_model, score_month
from signaux_faibles.panel.build import panel, panel_debts
from signaux_faibles.panel.debts import debt_features
from signaux_faibles.panel.headcount import headcount_as_known
from signaux_faibles.panel.schema import PANEL, PANEL_DEBT_FEATURES, PANEL_DEBTS, PANEL_HEADCOUNTS
from signaux_faibles.perimeter.perimeter import (
    EVER_FOLLOWED,
    PERIMETER,
    clean_filter,
    ever_followed,
    explicit_perimeter,
    perimeter,
)
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import with_siren
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables import own_schemas as own
from signaux_faibles.tables import schemas
from signaux_faibles.tables.ap import clean_ap
from signaux_faibles.tables.ap_by_demande import ap_by_demande
from signaux_faibles.tables.as_known import first_known
from signaux_faibles.tables.cotisation import clean_cotisation, cotisation_by_month
from signaux_faibles.tables.debit import clean_debit, company_debt_by_month, debt_by_month, debt_versions
from signaux_faibles.tables.delai import clean_delai, delai_by_month
from signaux_faibles.tables.effectif import clean_effectif, clean_effectif_ent
from signaux_faibles.tables.establishments import clean_sirene_histo
from signaux_faibles.tables.procol import CLOSING_OF_ONE_ESTABLISHMENT, EVENT, clean_procol, clean_procol_at_date, label
from signaux_faibles.tables.register import clean_sirene, clean_sirene_ul
from signaux_faibles.tables.succession import successions

FIRST_MONTH = date(2016, 1, 1)
"""First month of `clean_procol_at_date` (import-chain §8.8)."""

FIRST_HEADCOUNT = date(2010, 1, 1)
"""First month of the headcount files (import-chain §5.8); nothing monthly is older in the deliveries."""
LONGEST_DEMAND = 36
"""Months after the reference date that a demand of activité partielle may cover: its longest form lasts three years."""


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


Rule = Callable[[Inputs], Relation]


@dataclass(frozen=True)
class TableStep:
    """A table and the rule that computes it."""

    step: Step
    schema: Schema
    rule: Rule


def _known_effectif_ent(inputs: Inputs) -> Relation:
    known = CONTRACTS["effectif_ent"].known_at
    deliveries = inputs.every_delivery("effectif_ent")
    return first_known(deliveries, ["siren", "periode"], ["effectif_ent"], "periode", known.lag_days)


def _known_procol(inputs: Inputs) -> Relation:
    known = CONTRACTS["procol"].known_at
    deliveries = with_siren(inputs.every_delivery("procol"))
    told = clean_events(deliveries)
    return first_known(told, EVENT, [], "date_effet", known.lag_days).with_columns(libelle_procol=label())


def clean_events(deliveries: Relation) -> Relation:
    """The events that `clean_procol` keeps, with the delivery that told them."""
    return deliveries.filter(nw.col("stade_procol").fill_null("") != CLOSING_OF_ONE_ESTABLISHMENT)


def _perimeter(inputs: Inputs) -> Relation:
    """By headcount, or by the explicit list that the batch delivers."""
    register = (inputs.staged("sirene_ul"), inputs.staged("sirene"))
    if inputs.delivery("filter"):
        return explicit_perimeter(inputs.staged("filter"), *register)
    return perimeter(inputs.staged("effectif_ent"), *register)


def _ap(inputs: Inputs) -> Relation:
    kept = inputs.companies("apdemande", "apconso")
    months = inputs.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND)
    return clean_ap(inputs.staged("apdemande"), inputs.staged("apconso"), kept, months)


def _clean_sirene_ul(inputs: Inputs) -> Relation:
    labels = ("naf_codes", "naf25_codes", "categories_juridiques", "labels_departement_region")
    return clean_sirene_ul(
        inputs.staged("sirene_ul"), inputs.staged("sirene"), *(inputs.reference(name) for name in labels)
    )


PERIMETER_STEPS: dict[Schema, Rule] = {
    PERIMETER: _perimeter,
    schemas.CLEAN_FILTER: lambda i: clean_filter(i.table("perimeter")),
    EVER_FOLLOWED: lambda i: ever_followed(i.staged("effectif_ent"), i.table("perimeter")),
}

REGISTER: dict[Schema, Rule] = {
    schemas.CLEAN_SIRENE: lambda i: clean_sirene(
        i.staged("sirene"), i.reference("naf_codes"), i.reference("labels_departement_region")
    ),
    schemas.CLEAN_SIRENE_UL: _clean_sirene_ul,
    schemas.CLEAN_SIRENE_HISTO: lambda i: clean_sirene_histo(i.followed(i.staged("sirene_histo"))),
}

HEADCOUNTS: dict[Schema, Rule] = {
    schemas.CLEAN_EFFECTIF: lambda i: clean_effectif(i.followed(i.staged("effectif"))),
    schemas.CLEAN_EFFECTIF_ENT: lambda i: clean_effectif_ent(i.followed(i.staged("effectif_ent"))),
    schemas.KNOWN_EFFECTIF_ENT: _known_effectif_ent,
}

CONTRIBUTIONS: dict[Schema, Rule] = {
    schemas.CLEAN_COTISATION: lambda i: clean_cotisation(i.followed(i.staged("cotisation"))),
    own.COTISATION_BY_MONTH: lambda i: cotisation_by_month(
        i.followed(i.staged("cotisation")), i.calendar(FIRST_HEADCOUNT)
    ),
    schemas.DEBT_VERSIONS: lambda i: debt_versions(i.ever_followed(i.staged("debit"))),
    schemas.CLEAN_DEBIT: lambda i: clean_debit(i.followed(i.table("debt_versions"))),
    schemas.DEBT_BY_MONTH: lambda i: debt_by_month(
        clean_debit(i.table("debt_versions")), i.table("debt_versions"), i.calendar(FIRST_HEADCOUNT)
    ),
    own.COMPANY_DEBT_BY_MONTH: lambda i: company_debt_by_month(i.table("debt_by_month")),
    schemas.CLEAN_DELAI: lambda i: clean_delai(i.followed(i.staged("delai"))),
    own.DELAI_BY_MONTH: lambda i: delai_by_month(
        i.table("clean_delai"), i.table("debt_by_month"), i.calendar(FIRST_HEADCOUNT)
    ),
    own.SUCCESSIONS: lambda i: successions(
        i.table("clean_sirene_histo"), i.table("clean_effectif"), i.table("debt_versions")
    ),
}

SHORT_TIME: dict[Schema, Rule] = {
    schemas.CLEAN_AP: _ap,
    own.AP_BY_DEMANDE: lambda i: ap_by_demande(
        i.followed(i.staged("apdemande")),
        i.followed(i.staged("apconso")),
        i.calendar(FIRST_HEADCOUNT, LONGEST_DEMAND),
    ),
}

PROCEDURES: dict[Schema, Rule] = {
    schemas.CLEAN_PROCOL: lambda i: clean_procol(i.followed(i.staged("procol"))),
    schemas.KNOWN_PROCOL: _known_procol,
    schemas.CLEAN_PROCOL_AT_DATE: lambda i: clean_procol_at_date(i.table("clean_procol"), i.calendar(FIRST_MONTH)),
}

PANELS: dict[Schema, Rule] = {
    PANEL_HEADCOUNTS: lambda i: headcount_as_known(i.table("known_effectif_ent"), i.calendar(FIRST_HEADCOUNT)),
    PANEL_DEBTS: lambda i: panel_debts(
        i.table("known_effectif_ent"), i.table("company_debt_by_month"), i.calendar(FIRST_HEADCOUNT)
    ),
    PANEL_DEBT_FEATURES: lambda i: debt_features(i.table("panel_debts")),
    PANEL: lambda i: panel(
        i.table("panel_headcounts"),
        i.table("panel_debt_features"),
        i.table("clean_sirene_ul"),
        i.table("known_procol"),
        i.calendar(FIRST_HEADCOUNT),
    ),
}


def _scores(inputs: Inputs) -> Relation:
    """The scores of the last month by the promoted model; no row when none is promoted."""
    used = promoted_model(inputs.home.root, fictitious=inputs.files.fictitious)
    month = inputs.as_of.replace(day=1)
    rows = score_month(inputs.tables, month, used) if used else SCORES.arrow.empty_table()
    return inputs.engine.from_arrow(rows)


PLAN: tuple[TableStep, ...] = tuple(
    TableStep(step, schema, rule)
    for step, tables in (
        (Step.PERIMETER, PERIMETER_STEPS),
        (Step.TABLES, REGISTER | HEADCOUNTS | CONTRIBUTIONS | SHORT_TIME | PROCEDURES),
        (Step.PANEL, PANELS),
        (Step.SCORE, {SCORES: _scores}),
    )
    for schema, rule in tables.items()
)

NEEDED = ("sirene", "sirene_ul", "effectif_ent", "debit", "procol")
"""The types without which there is neither perimeter nor detection: the first batch must deliver them."""

SCHEMAS = {step.schema.name: step.schema for step in PLAN}
