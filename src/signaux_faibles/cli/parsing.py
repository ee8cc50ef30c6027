"""`sf parse`, `sf fuzz`: read a file, or try the reader, without a chain."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from signaux_faibles.cli.options import refusals_as_sentences, screen
from signaux_faibles.sources.errors import DeliveryRefused, Reject
from signaux_faibles.sources.proving.fuzzing import fuzz
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.sources.registry import CONTRACTS


def parse(
    type: Annotated[str, typer.Argument(help=f"Type de fichier : {', '.join(CONTRACTS)}.")],
    file: Annotated[Path, typer.Argument(help="Fichier livré : CSV, .gz, .zip ou Parquet.")],
) -> None:
    """Lit un fichier livré : lignes typées en CSV sur la sortie, rapport en JSON sur la sortie d'erreur."""
    with refusals_as_sentences():
        contract = CONTRACTS.get(type)
        if contract is None:
            raise DeliveryRefused(f"Type « {type} » inconnu. Types lus : {', '.join(CONTRACTS)}.")
        reader = FileReader(file, contract)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        names = contract.schema.names
        rejects: list[Reject] = []
        header = False
        for chunk in reader.chunks():
            if not header:
                writer.writerow(names)
                header = True
            for row in chunk.rows.select(names).to_pylist():
                writer.writerow([_text(row[name]) for name in names])
            rejects.extend(chunk.rejects)
        if not header:
            writer.writerow(names)
        report = asdict(reader.report) | {"rejects": [{"line": r.line, "reason": r.reason} for r in rejects]}
        sys.stderr.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def fuzz_reader(
    seconds: Annotated[float, typer.Option(min=1, help="Durée.")] = 60,
    seed: Annotated[int, typer.Option(help="Graine.")] = 0,
) -> None:
    """Abîme des fichiers valides de tous les types et vérifie que la lecture tient ses promesses."""
    outcome = fuzz(seconds, seed, lambda line: screen.print(line, markup=False))
    if outcome.failures:
        raise typer.Exit(1)


def _text(value: Any) -> str:
    """A value as import-chain §10.2 writes it: NULL empty, true or false, shortest decimals, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
