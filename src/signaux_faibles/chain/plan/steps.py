"""The tables of a snapshot, in the order in which they are computed, each from those before it.

Each subject has a module `plan_<subject>.py` whose `TABLES` says which rule computes which table, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from signaux_faibles.chain import plan_directors, plan_headcount, plan_published
from signaux_faibles.chain.plan import accounts as plan_accounts
from signaux_faibles.chain.plan import debts as plan_contributions
from signaux_faibles.chain.plan import fiscal as plan_fiscal
from signaux_faibles.chain.plan import panel as plan_panel
from signaux_faibles.chain.plan import perimeter as plan_perimeter
from signaux_faibles.chain.plan import procedures as plan_procedures
from signaux_faibles.chain.plan import register as plan_register
from signaux_faibles.chain.plan import sectors as plan_sectors
from signaux_faibles.chain.plan import short_time as plan_short_time
from signaux_faibles.chain.plan.inputs import Rule
from signaux_faibles.relations.schema import Schema


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
    rule: Rule


SUBJECTS: tuple[tuple[Step, dict[Schema, Rule]], ...] = (
    (Step.PERIMETER, plan_perimeter.TABLES),
    (Step.TABLES, plan_register.TABLES),
    (Step.TABLES, plan_headcount.TABLES),
    (Step.TABLES, plan_contributions.TABLES),
    (Step.TABLES, plan_short_time.TABLES),
    (Step.TABLES, plan_procedures.TABLES),
    (Step.TABLES, plan_published.TABLES),
    (Step.TABLES, plan_directors.TABLES),
    (Step.TABLES, plan_fiscal.TABLES),
    (Step.TABLES, plan_accounts.TABLES),
    (Step.TABLES, plan_sectors.TABLES),
    (Step.PANEL, plan_panel.TABLES),
    (Step.SCORE, plan_panel.SCORE),
)

PLAN: tuple[TableStep, ...] = tuple(
    TableStep(step, schema, rule) for step, tables in SUBJECTS for schema, rule in tables.items()
)

NEEDED = ("sirene", "sirene_ul", "effectif_ent", "debit", "procol")
"""The types without which there is neither perimeter nor detection: the first batch must deliver them."""

SCHEMAS = {step.schema.name: step.schema for step in PLAN}
