"""`sf explain`: what a table says about one company, and the rows that its rule was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import narwhals.stable.v2 as nw

from signaux_faibles.chain.build import described_inputs
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import FILE, Manifest
from signaux_faibles.home.published import published
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.wording.french import day_label, period

Row = dict[str, Any]


@dataclass(frozen=True)
class ReceivedInput:
    """What one parameter of a rule received.

    Attributes:
        parameter, word: its name, and what it is in French.
        rows: the rows of the company; None if the rows are not about companies, or the parameter is not a relation.
        value: in words, if the parameter is not a relation.
    """

    parameter: str
    word: str
    rows: list[Row] | None
    value: str = ""


@dataclass(frozen=True)
class TableExplanation:
    """A table of a snapshot, for one company.

    Attributes:
        rule: where the rule is written; what: its documentation.
        result: the rows of the table, all about the company.
        changed: types whose deliveries are no longer those that the snapshot was made from.
    """

    snapshot: str
    fictitious: bool
    table: str
    rule: str
    what: str
    inputs: list[ReceivedInput]
    result: list[Row]
    changed: list[str]


def explain(home: Home, table: str, siren: str, snapshot: str | None = None) -> TableExplanation:
    """Read the inputs of a table and the table itself, for one company.

    Args:
        snapshot: a finished snapshot; None is the one that is published.
    Raises:
        RunStopped: the table, the snapshot or the number does not exist.
    """
    step = next((step for step in PLAN if step.name == table), None)
    if step is None:
        raise RunStopped(f"Table « {table} » inconnue. Tables : {', '.join(sorted(SCHEMAS))}.")
    if not (len(siren) == 9 and siren.isdigit()):
        raise RunStopped(f"« {siren} » n'est pas un siren : neuf chiffres.")
    chosen = snapshot or published(home)
    if chosen is None or not (home.snapshots / chosen / FILE).exists():
        raise RunStopped(f"Pas d'instantané {chosen or 'publié'} dans {home.root} (voir sf status).")
    manifest = Manifest.read(home.snapshots / chosen)
    deliveries = Deliveries.up_to(home, manifest.batch)
    with TemporaryDirectory() as scratch, open_engine("duckdb", scratch=Path(scratch), memory_limit="2GB") as engine:
        folder = home.snapshots / chosen / "tables"
        inputs = Inputs(engine, deliveries, folder, manifest.as_of, manifest.filtered, SCHEMAS)
        received = [_received(name, str(word), word.read(inputs), siren) for name, word in step.inputs.items()]
        result = _of_company(inputs.whole_table(table), siren)
    return TableExplanation(
        snapshot=chosen,
        fictitious=manifest.fictitious,
        table=table,
        rule=step.rule_path,
        what=(step.rule.__doc__ or "").strip(),
        inputs=received,
        result=result or [],
        changed=_changed(step, manifest, deliveries),
    )


def _received(parameter: str, word: str, value: Any, siren: str) -> ReceivedInput:
    if isinstance(value, nw.LazyFrame):
        return ReceivedInput(parameter, word, _of_company(value, siren))
    if isinstance(value, Calendar):
        return ReceivedInput(parameter, word, None, f"de {period(value.first, value.last)}")
    if value is None:
        return ReceivedInput(parameter, word, None, "rien")
    text = day_label(value) if isinstance(value, date) else getattr(value, "name", str(value))
    return ReceivedInput(parameter, word, None, text)


def _of_company(relation: Relation, siren: str) -> list[Row] | None:
    """The rows of a company, ordered by all their columns; None where no column names a company."""
    columns = relation.collect_schema().names()
    if "siren" in columns:
        of_company = relation.filter(nw.col("siren") == siren)
    elif "siret" in columns:
        of_company = relation.filter(nw.col("siret").str.starts_with(siren))
    else:
        return None
    rows: list[Row] = of_company.collect("pyarrow").to_arrow().to_pylist()
    return sorted(rows, key=lambda row: [(row[name] is None, str(row[name])) for name in columns])


def _changed(step: Step, manifest: Manifest, deliveries: Deliveries) -> list[str]:
    """The types of a step whose files are not those that the snapshot read."""
    now = described_inputs(deliveries)
    return sorted(
        name for name in step.types if now.get(name, {}).get("sha256") != manifest.inputs.get(name, {}).get("sha256")
    )
