"""Tables and figure of docs/performance.md, from the measures of `sf bench chain` at several scales.

    python scripts/plot_performance.py FOLDER [FIGURE]

FOLDER holds `measure-<scale>-<engine>.json`; the tables go to the standard output, the figure to FIGURE.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

FIGURE = Path("docs/figures/performance/cost_per_row.svg")
STAGES = {"Reading": "Lecture", "Perimeter and tables": "Table", "Panel": "Table panel", "Pages and manifest": ""}
"""Stages of a run, by the beginning of the names of their parts; the last takes the rest."""

COMPANIES = "sigfaible_effectif_siren.csv"
"""A line of it is a company followed by the chain."""

Measure = dict[str, Any]


def main(folder: Path, figure: Path) -> None:
    """Print the tables and draw the figure."""
    found = {path.stem.removeprefix("measure-"): json.loads(path.read_text()) for path in folder.glob("measure-*.json")}
    measures = dict(sorted(found.items(), key=lambda one: rows_read(one[1])))
    print(growth_table(measures))
    print(unit_costs_table(measures))
    print(parts_table(list(measures.values())[-1]))
    draw(measures, figure)


def rows_read(measure: Measure) -> int:
    """Records of all files."""
    return sum(measure["rows_read"].values())


def stage_of(part: str) -> str:
    """The stage that a part belongs to."""
    fitting = [stage for stage, start in STAGES.items() if part.startswith(start)]
    return max(fitting, key=lambda stage: len(STAGES[stage]))


def by_stage(measure: Measure, clock: str) -> dict[str, float]:
    """Seconds of each stage, `elapsed` or `processor`."""
    return {
        stage: sum(spent[clock] for part, spent in measure["parts"].items() if stage_of(part) == stage)
        for stage in STAGES
    }


def growth_table(measures: dict[str, Measure]) -> str:
    """One line a scale: what a row costs, and where."""
    lines = [
        "| Scale | Rows read | Elapsed | Processor | Peak | Disk | Elapsed per million rows | Processor per million |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, measure in measures.items():
        rows, elapsed, processor = rows_read(measure) / 1e6, total(measure, "elapsed"), total(measure, "processor")
        lines.append(
            f"| `{name}` | {rows:.2f} M | {elapsed:.0f} s | {processor:.0f} s "
            f"| {measure['peak_bytes'] / 2**30:.1f} GiB | {measure['disk_bytes'] / 2**30:.1f} GiB "
            f"| {elapsed / rows:.1f} s | {processor / rows:.1f} s |"
        )
    return "\n".join(lines) + "\n"


def unit_costs_table(measures: dict[str, Measure]) -> str:
    """What a row costs to read, and a company in each stage, at each scale: flat when the work grows."""
    lines = ["| Microseconds of processor | " + " | ".join(f"`{name}`" for name in measures) + " |"]
    lines.append("|---|" + "---:|" * len(measures))
    costs = [by_stage(m, "processor")["Reading"] / rows_read(m) * 1e6 for m in measures.values()]
    lines.append("| a row, reading | " + " | ".join(f"{c:.1f}" for c in costs) + " |")
    for stage in ("Perimeter and tables", "Panel"):
        costs = [by_stage(m, "processor")[stage] / m["rows_read"][COMPANIES] * 1e6 for m in measures.values()]
        lines.append(f"| a company, {stage.lower()} | " + " | ".join(f"{c:,.0f}" for c in costs) + " |")
    return "\n".join(lines) + "\n"


def total(measure: Measure, clock: str) -> float:
    """Seconds of the whole run."""
    return float(sum(spent[clock] for spent in measure["parts"].values()))


def parts_table(measure: Measure) -> str:
    """Share of the time of each stage, then of the longest parts."""
    whole = total(measure, "elapsed")
    lines = ["| Part | Elapsed | Share | Processor |", "|---|---:|---:|---:|"]
    elapsed, processor = by_stage(measure, "elapsed"), by_stage(measure, "processor")
    for stage in STAGES:
        share = elapsed[stage] / whole
        lines.append(f"| **{stage}** | {elapsed[stage]:.0f} s | {share:.0%} | {processor[stage]:.0f} s |")
    longest = sorted(measure["parts"].items(), key=lambda one: -one[1]["elapsed"])[:12]
    for part, spent in longest:
        share = spent["elapsed"] / whole
        lines.append(f"| {part} | {spent['elapsed']:.0f} s | {share:.0%} | {spent['processor']:.0f} s |")
    return "\n".join(lines) + "\n"


def draw(measures: dict[str, Measure], figure: Path) -> None:
    """Seconds of processor a million rows read, by stage, as the work grows."""
    sizes = [rows_read(measure) / 1e6 for measure in measures.values()]
    plt.rcParams["svg.hashsalt"] = "signaux-faibles"
    _, axes = plt.subplots(figsize=(7, 4))
    for stage in STAGES:
        costs = [by_stage(m, "processor")[stage] / size for m, size in zip(measures.values(), sizes, strict=True)]
        axes.plot(sizes, costs, marker="o", label=stage)
    wholes = [total(m, "processor") / size for m, size in zip(measures.values(), sizes, strict=True)]
    axes.plot(sizes, wholes, marker="o", color="black", label="Whole run")
    axes.set(xscale="log", xlabel="Rows read (millions)", ylabel="Seconds of processor a million rows", ylim=(0, None))
    axes.legend()
    axes.set_title("Cost of a row as the work grows (fictitious data)")
    figure.parent.mkdir(parents=True, exist_ok=True)
    plt.tight_layout()
    plt.savefig(figure, metadata={"Date": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FIGURE)
