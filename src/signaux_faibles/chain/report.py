"""The report of a run, in French, for the one who must decide to publish (DESIGN §4)."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table
from rich.text import Text

from signaux_faibles.chain.deliveries import BatchFiles
from signaux_faibles.snapshot.difference import Difference
from signaux_faibles.snapshot.manifest import Manifest


def batch_report(files: BatchFiles) -> Group:
    """What the batch delivered, file by file, and what it took over."""
    title = f"Lot {files.batch}" + (" — Données fictives" if files.fictitious else "")
    table = Table("Type", "Fichier", "Lues", "Gardées", "Rejetées", "Écartées", "Dernier fait", title=title)
    for name, staged_files in files.delivered.items():
        for staged in staged_files:
            report = staged.report
            counts = [_number(report[f"rows_{what}"]) for what in ("read", "kept", "rejected", "skipped")]
            table.add_row(name, staged.file, *counts, staged.latest or "")
    for name, batch in files.carried.items():
        table.add_row(name, f"reporté du lot {batch}", "", "", "", "", "")
    notes = list(files.warnings)
    for staged_files in files.delivered.values():
        for staged in staged_files:
            notes += staged.report["warnings"]
            notes += [
                f"{staged.file} : {_number(n)} lignes écartées, {why}." for why, n in staged.report["skipped"].items()
            ]
            notes += [
                f"{staged.file} : {_number(n)} valeurs illisibles de {header}, laissées inconnues."
                for header, n in staged.report["unknowns"].items()
            ]
    notes += [f"Écart accepté, {one.rule}:{one.subject} — {one.reason}" for one in files.accepted]
    return Group(table, *(Text(note) for note in notes))


def snapshot_report(manifest: Manifest) -> Table:
    """The tables of a snapshot with their counts."""
    table = Table("Table", "Lignes", "Empreinte", title=f"Instantané {manifest.id}")
    for name, entry in manifest.tables.items():
        table.add_row(name, _number(entry.rows), entry.hash[:12])
    return table


def difference_report(difference: Difference) -> Group:
    """What a snapshot changes against the published one, what deserves a look first."""
    tables = Table("Table", "Avant", "Après", "Écart", title=f"{difference.before.id} → {difference.after.id}")
    for change in difference.tables:
        before, after = ("" if n is None else _number(n) for n in (change.before, change.after))
        rate = "identique" if change.same else "" if change.rate is None else f"{change.rate:+.1%}"
        tables.add_row(change.name, before, after, rate)
    freshness = Table("Type", "Dernier fait avant", "Après")
    for step in difference.freshness:
        freshness.add_row(step.type, step.before or "", step.after or "")
    movements = f"Périmètre : {difference.entering} entreprises entrent, {difference.leaving} sortent."
    return Group(*(Text(f"À voir — {said}") for said in difference.warnings), tables, freshness, Text(movements))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
