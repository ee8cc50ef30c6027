"""The steps of a month that a test needs: those behind the tables that it reads."""

from __future__ import annotations

from signaux_faibles.chain.plan.plan import PLAN
from signaux_faibles.chain.plan.step import Step


def steps_behind(*names: str) -> list[Step]:
    """The steps that compute some tables and all those that they are made from, in order.

    Raises:
        ValueError: there is no such table.
    """
    unknown = set(names) - {step.name for step in PLAN}
    if unknown:
        raise ValueError(f"no such table: {unknown}")
    wanted = set(names)
    for step in reversed(PLAN):
        if step.name in wanted:
            wanted |= step.before
    return [step for step in PLAN if step.name in wanted]
