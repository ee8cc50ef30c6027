"""What a report says about the files: counts, what was left aside or refused, freshness, accepted breaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.report.facts import SHOWN, FileFacts
from signaux_faibles.chain.report.page import Grid, Section, cell, excerpt
from signaux_faibles.snapshot.difference import Difference
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.wording.french import counted, number, percent

KINDS = {
    "skipped": "lignes écartées par une règle du contrat",
    "unknowns": "valeurs illisibles, laissées inconnues",
    "doubts": "lignes gardées mais douteuses",
    "apart": "lignes gardées et comptées à part, sans rien d'anormal",
}


def files_sections(files: tuple[FileFacts, ...], batch: str, difference: Difference | None) -> list[Section]:
    """The sections on the files of a batch, delivered or carried over."""
    if not files:
        return []
    return [_counts(files), _aside(files), _freshness(files, batch, difference)]


def accepted_section(accepted: tuple[Acceptance, ...]) -> Section:
    """The breaches accepted by name, and why."""
    rows = tuple((one.rule, one.subject, one.reason) for one in accepted)
    grid = Grid("Écarts acceptés par leur nom", ("Règle", "Objet", "Raison"), rows)
    return Section("Écarts acceptés", grids=(grid,) if rows else ())


def rejects_section(files: tuple[FileFacts, ...]) -> Section:
    """The first rejects of each file that the batch delivered, and where they all are."""
    refused = [file for file in files if file.rejects]
    grids = tuple(
        Grid(
            f"{file.staged.file} : {_how_many(file)}. Tous : {file.all_rejects}",
            ("Ligne", "Raison", "Contenu"),
            tuple((number(one.line), excerpt(one.reason), excerpt(one.content)) for one in file.rejects),
            frozenset({0}),
        )
        for file in refused
    )
    sentences = (
        f"Les {SHOWN} premiers rejets de chaque fichier livré par ce lot ; la ligne est celle du fichier, "
        "l'en-tête étant la ligne 1.",
    )
    return Section("Rejets", sentences if refused else (), grids, detail=True)


def notes(files: Iterable[FileFacts]) -> list[str]:
    """What deserves a look: the warnings of the reader, and the files near or above their threshold of rejects."""
    sentences = []
    for file in files:
        if file.age == 0:
            sentences += file.staged.report["warnings"]
            if file.staged.reject_rate > file.threshold / 2:
                sentences.append(
                    f"{file.staged.file} : {percent(file.staged.reject_rate, 2)} de rejets, "
                    f"seuil {percent(file.threshold, 2)}."
                )
        if file.due:
            sentences.append(f"{file.staged.type} : attendu et absent, repris du lot {file.batch} par décision.")
    return sentences


def _counts(files: tuple[FileFacts, ...]) -> Section:
    headers = ("Type", "Fichier", "Lot", "Lues", "Gardées", "Rejetées", "Taux", "Seuil", "Écartées", "Inconnues")
    rows = tuple(
        (
            file.staged.type,
            file.staged.file,
            file.batch,
            *(number(file.staged.report[f"rows_{what}"]) for what in ("read", "kept", "rejected")),
            percent(file.staged.reject_rate, 2),
            percent(file.threshold, 2),
            number(file.staged.report["rows_skipped"]),
            number(sum(file.counts("unknowns").values())),
        )
        for file in files
    )
    sentence = "Chaque ligne lue est gardée, rejetée ou écartée. « Inconnues » : valeurs illisibles de lignes gardées."
    return Section("Fichiers", (sentence,), (Grid("Lignes de chaque fichier", headers, rows, frozenset(range(3, 10))),))


def _aside(files: tuple[FileFacts, ...]) -> Section:
    rows = tuple(
        (file.staged.file, number(count), what, rule)
        for file in files
        for kind, what in KINDS.items()
        for rule, count in file.counts(kind).items()
    )
    headers = ("Fichier", "Nombre", "Quoi", "Règle ou colonne")
    grid = Grid("Écarté, inconnu, douteux ou compté à part, par règle", headers, rows, frozenset({1}))
    return Section("Écarté, inconnu, douteux", grids=(grid,) if rows else ())


def _how_many(file: FileFacts) -> str:
    report = file.staged.report
    return (
        f"{counted(report['rows_rejected'], 'rejet', 'rejets')} sur {counted(report['rows_read'], 'ligne', 'lignes')}"
    )


def _freshness(files: tuple[FileFacts, ...], batch: str, difference: Difference | None) -> Section:
    before = {step.type: step.before for step in difference.freshness} if difference else {}
    headers = ("Type", "Source", "Provenance", "Âge en mois", "Dernier fait", "Dernier fait avant")
    rows = {
        file.staged.type: (
            file.staged.type,
            CONTRACTS[file.staged.type].title,
            _origin(file, batch),
            number(file.age),
            cell(_latest(files, file.staged.type)),
            cell(before.get(file.staged.type)),
        )
        for file in files
    }
    sentence = "« Avant » : dans l'instantané publié auparavant." if difference else ""
    grid = Grid("Fraîcheur de chaque type", headers, tuple(rows.values()), frozenset({3}))
    return Section("Fraîcheur", (sentence,) if sentence else (), (grid,))


def _latest(files: tuple[FileFacts, ...], name: str) -> date | None:
    """The last day that the files of a type describe."""
    days = [file.staged.latest for file in files if file.staged.type == name and file.staged.latest]
    return date.fromisoformat(max(days)) if days else None


def _origin(file: FileFacts, batch: str) -> str:
    if file.batch == batch:
        return f"lot {batch}"
    return f"reporté du lot {file.batch}, " + ("par décision" if file.due else "pas encore dû")
