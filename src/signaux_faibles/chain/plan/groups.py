"""Tables made company by company, computed by groups of companies when the engine cannot hold them whole.

A country has hundreds of thousands of companies and 200 months, whose panel in one pass would fill the disk. Groups are
ranges of siren and every table is sorted by siren, so the results follow one another in the file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.perimeter.perimeter import EVER_FOLLOWED
from signaux_faibles.relations.company_range import CompanyRange, ranges
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.parts import join_parts
from signaux_faibles.relations.schema import Schema

Rows = Callable[[Inputs], Relation]


def write_table(step: Step, inputs: Inputs, file: Path) -> None:
    """Compute a table and write it whole or not at all: in one pass, or by groups of companies when it can be."""
    with inputs.engine.joins_as_written() if step.joins_as_written else nullcontext():
        write_in_groups(step.rows, step.table, company_groups(inputs) if step.by_company else [], inputs, file)


def write_in_groups(rows: Rows, table: Schema, groups: list[CompanyRange], inputs: Inputs, file: Path) -> None:
    """Write the rows of each group of companies one after the other, or all of them at once for less than two groups.

    Args:
        rows: what gives the rows of the companies among which its inputs read.
    """
    if len(groups) < 2:
        _write(rows, table, inputs, file)
        return
    folder = file.with_name(f".{file.name}.parts")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        parts = [folder / f"{place:04d}.parquet" for place in range(len(groups))]
        for group, part in zip(groups, parts, strict=True):
            _write(rows, table, replace(inputs, among=group), part)
        join_parts(parts, table, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(rows: Rows, table: Schema, inputs: Inputs, file: Path) -> None:
    try:
        inputs.engine.write(rows(inputs), table, file)
    finally:
        inputs.engine.release()


def company_groups(inputs: Inputs) -> list[CompanyRange]:
    """Groups of at most as many companies as the engine takes at once; they hold every company together."""
    size = inputs.engine.companies_at_once
    if size is None:
        return []
    followed = inputs.engine.collect(inputs.table(EVER_FOLLOWED.name), EVER_FOLLOWED)
    return ranges(followed.column("siren").to_pylist(), size)
