"""Departments and regions, with INSEE's labels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from signaux_faibles.reference_tables.tables import load


@cache
def department_labels() -> dict[str, str]:
    """The label of each department, by code, in INSEE's order."""
    return {row["departement"]: row["libelle_departement"] for row in _rows()}


def department_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Departments as a form offers them, by code: « 87 – Haute-Vienne »."""
    labels = department_labels()
    return [(code, f"{code} – {labels.get(code, code)}") for code in sorted(codes)]


@cache
def departments_of(region: str) -> frozenset[str]:
    """The departments of the region that has this label."""
    return frozenset(row["departement"] for row in _rows() if row["libelle_region"] == region)


@cache
def region_labels() -> tuple[str, ...]:
    """The labels of the regions, in alphabetical order."""
    return tuple(sorted({row["libelle_region"] for row in _rows()}))


def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = load("labels_departement_region").to_pylist()
    return rows
