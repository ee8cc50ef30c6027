"""Tables made company by company, computed by groups of companies where the engine cannot hold them whole.

A country has hundreds of thousands of companies and 200 months: its panel in one pass fills the disk.
Groups are ranges of siren and every table is sorted by siren: their results follow one another in the file.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.chain.plan.panel import BY_COMPANY
from signaux_faibles.relations.company_range import CompanyRange, ranges
from signaux_faibles.relations.parts import join_parts
from signaux_faibles.relations.schema import Schema


def write_table(rule: Rule, schema: Schema, inputs: Inputs, file: Path) -> None:
    """Compute a table and write it whole or not at all: in one pass, or by groups of companies when it can be."""
    groups = company_groups(inputs) if schema.name in BY_COMPANY else []
    if len(groups) < 2:
        inputs.engine.write(rule(inputs), schema, file)
        return
    folder = file.with_name(f".{file.name}.parts")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        parts = [folder / f"{place:04d}.parquet" for place in range(len(groups))]
        for group, part in zip(groups, parts, strict=True):
            inputs.engine.write(rule(replace(inputs, among=group)), schema, part)
        join_parts(parts, schema, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def company_groups(inputs: Inputs) -> list[CompanyRange]:
    """Groups of at most as many companies as the engine takes at once; they hold every company together."""
    size = inputs.engine.companies_at_once
    if size is None:
        return []
    schema = inputs.schemas["ever_followed"]
    return ranges(inputs.engine.collect(inputs.table("ever_followed"), schema).column("siren").to_pylist(), size)
