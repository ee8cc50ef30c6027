"""Tables made company by company, computed by groups of companies when the engine cannot hold them whole.

A country has hundreds of thousands of companies and 200 months, whose panel in one pass would fill the disk. Groups are
ranges of siren and every table is sorted by siren, so the results follow one another in the file.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.perimeter.perimeter import EVER_FOLLOWED
from signaux_faibles.relations.company_range import CompanyRange, ranges
from signaux_faibles.relations.parts import join_parts


def write_table(step: Step, inputs: Inputs, file: Path) -> None:
    """Compute a table and write it whole or not at all: in one pass, or by groups of companies when it can be."""
    groups = company_groups(inputs) if step.by_company else []
    if len(groups) < 2:
        _write(step, inputs, file)
        return
    folder = file.with_name(f".{file.name}.parts")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        parts = [folder / f"{place:04d}.parquet" for place in range(len(groups))]
        for group, part in zip(groups, parts, strict=True):
            _write(step, replace(inputs, among=group), part)
        join_parts(parts, step.table, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(step: Step, inputs: Inputs, file: Path) -> None:
    try:
        inputs.engine.write(step.rows(inputs), step.table, file)
    finally:
        inputs.engine.release()


def company_groups(inputs: Inputs) -> list[CompanyRange]:
    """Groups of at most as many companies as the engine takes at once; they hold every company together."""
    size = inputs.engine.companies_at_once
    if size is None:
        return []
    followed = inputs.engine.collect(inputs.table(EVER_FOLLOWED.name), EVER_FOLLOWED)
    return ranges(followed.column("siren").to_pylist(), size)
