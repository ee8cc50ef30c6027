"""The reference lists that forms offer (application §2.7, service-impact-law §1.13): editable, seeded once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from enum import Enum
from importlib.resources import files
from typing import Any

from django.db.models import Q

from signaux_faibles.web.accompagnements.models import Reference

SEEDS = "references.csv"


class ReferenceKind(Enum):
    """A reference list, with the title that pages give it."""

    DIFFICULTE = "Difficultés"
    ACTION = "Actions réalisées"
    DISPOSITIF = "Dispositifs"
    INSTANCE = "Instances concernées"
    REDIRECTION = "Réorientations hors CODEFI"
    FILIERE = "Filières"
    ETIQUETTE = "Étiquettes"


def offered(kind: ReferenceKind, today: date) -> list[str]:
    """The labels that may be chosen on the day `today`, in their order; those out of validity are left out."""
    rows = Reference.objects.filter(kind=kind.name)
    in_force = Q(valid_from=None) | Q(valid_from__lte=today)
    still = Q(valid_until=None) | Q(valid_until__gte=today)
    return list(rows.filter(in_force & still).values_list("label", flat=True))


def dispositifs_in_force(today: date) -> list[Reference]:
    """The dispositifs that may be proposed on the day `today`, in their order."""
    by_label = dispositifs()
    return [by_label[label] for label in offered(ReferenceKind.DISPOSITIF, today)]


def dispositifs() -> Mapping[str, Reference]:
    """Every dispositif by its label, those that are no longer proposed included."""
    return {row.label: row for row in Reference.objects.filter(kind=ReferenceKind.DISPOSITIF.name)}


def seeds() -> list[dict[str, Any]]:
    """The rows that a new installation starts with."""
    text = files("signaux_faibles.web.accompagnements").joinpath(SEEDS).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), restval="")
    return [row | {"position": position} for position, row in enumerate(rows, start=1)]
