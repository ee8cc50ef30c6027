"""The tables of a snapshot, in the order of their computation: each after the tables that it names."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter

from signaux_faibles.chain.plan import (
    accounts,
    activities,
    debts,
    fiscal,
    panel,
    perimeter,
    procedures,
    register,
    sectors,
    short_time,
)
from signaux_faibles.chain.plan.step import Stage, Step

STAGES: dict[Stage, tuple[tuple[Step, ...], ...]] = {
    Stage.PERIMETER: (perimeter.STEPS,),
    Stage.TABLES: (
        activities.STEPS,
        register.STEPS,
        debts.STEPS,
        short_time.STEPS,
        procedures.STEPS,
        fiscal.STEPS,
        accounts.STEPS,
        sectors.STEPS,
    ),
    Stage.PANEL: (panel.STEPS,),
    Stage.SCORE: (panel.SCORING,),
}
"""The stage of each table; within a stage, the subjects may stand in any order."""


def ordered(steps: Iterable[Step], computed: Iterable[str] = ()) -> tuple[Step, ...]:
    """The steps, each after those whose tables it names, otherwise in the declared order.

    Args:
        computed: tables that earlier stages have computed.
    Raises:
        ValueError: two steps make one table, or a step names a table that no step makes.
        graphlib.CycleError: tables name one another in a circle.
    """
    by_name: dict[str, Step] = {}
    for step in steps:
        if step.name in by_name:
            raise ValueError(f"{step.name} is declared twice")
        by_name[step.name] = step
    names = set(by_name) | set(computed)
    for step in by_name.values():
        if step.before - names:
            raise ValueError(f"{step.name} needs {sorted(step.before - names)}, which no earlier step makes")
    sorter = TopologicalSorter({name: step.before & set(by_name) for name, step in by_name.items()})
    sorter.prepare()
    rank = {name: place for place, name in enumerate(by_name)}
    order: list[Step] = []
    while sorter.is_active():
        for name in sorted(sorter.get_ready(), key=rank.__getitem__):
            order.append(by_name[name])
            sorter.done(name)
    return tuple(order)


def _plan() -> dict[str, tuple[Stage, Step]]:
    plan: dict[str, tuple[Stage, Step]] = {}
    for stage, subjects in STAGES.items():
        for step in ordered((step for steps in subjects for step in steps), plan):
            plan[step.name] = (stage, step)
    return plan


_PLANNED = _plan()
PLAN = tuple(step for _, step in _PLANNED.values())
STAGE_OF = {name: stage for name, (stage, _) in _PLANNED.items()}
SCHEMAS = {step.name: step.table for step in PLAN}

NEEDED = ("sirene", "sirene_ul", "effectif_ent", "debit", "procol")
"""The types without which there is neither perimeter nor detection: the first batch must deliver them."""
