"""Labels of other applications among ours: the same whatever the case, the accents and the apostrophes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accompagnements.models import Reference
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import BoardColumn, Criticite
from signaux_faibles.web.rights.agent import Network

LONGEST_LABEL = 200
COLUMNS: Mapping[str, BoardColumn] = {
    "a definir": BoardColumn.A_DEFINIR,
    "analyse en cours": BoardColumn.A_DEFINIR,
    "suivi en cours": BoardColumn.SUIVI_EN_COURS,
    "accompagnement en cours": BoardColumn.SUIVI_EN_COURS,
    "in progress": BoardColumn.SUIVI_EN_COURS,
    "en cours": BoardColumn.SUIVI_EN_COURS,
    "veille": BoardColumn.VEILLE,
    "under surveillance": BoardColumn.VEILLE,
    "sous surveillance": BoardColumn.VEILLE,
    "suivi termine": BoardColumn.SUIVI_TERMINE,
    "accompagnement termine": BoardColumn.SUIVI_TERMINE,
    "completed": BoardColumn.SUIVI_TERMINE,
    "termine": BoardColumn.SUIVI_TERMINE,
}
"""Columns of boards and statuts of trackings (application §2.7, first-generation §3.2)."""
CRITICITES: Mapping[str, Criticite] = {
    "niveau rouge": Criticite.ELEVEE,
    "niveau orange": Criticite.MODEREE,
    "niveau vert": Criticite.AUCUNE,
    **{folded(one.value): one for one in Criticite},
}
_INSTANCES = {"ciri": "CIRI", "alerte mre": "MRE", "mre": "MRE", "alerte dire": "DIRE", "dire": "DIRE"}
"""Labels that became instances when the second application took over the first (first-generation §3.2)."""
_SIZES = frozenset({"tpe", "pme", "eti", "ge"})
"""Sizes follow from the headcount here."""
_SECTORS = {"hotel restaur": "hôtel et restauration", "hotel restaurant": "hôtel et restauration"}
_NETWORKS: Mapping[str, Network] = {folded(one.value): one for one in Network}


def column_of(label: str) -> BoardColumn | None:
    """The column that a statut or a column of another application means; None for one that means none."""
    return COLUMNS.get(folded(label.replace("_", " ")))


def network_of(label: str) -> Network | None:
    """The network of a name; None for one that is not among ours."""
    return _NETWORKS.get(folded(label))


class Labels:
    """The reference lists, read once."""

    def __init__(self) -> None:
        self._known = {kind: _by_words(kind) for kind in ReferenceKind}

    def of_kind(self, kind: ReferenceKind, labels: Iterable[str]) -> list[str]:
        """Labels of a list in our spelling, each once; one that the list does not hold is kept as it is."""
        known_labels = self._known[kind]
        spelled = (known_labels.get(folded(label), label.strip()[:LONGEST_LABEL]) for label in labels if label.strip())
        return sorted(set(spelled))

    def sorted_out(self, labels: Iterable[str]) -> dict[str, Any]:
        """The labels of a board by what they mean: criticité, instances, filières; the others are étiquettes."""
        lists: dict[ReferenceKind, list[str]] = {
            ReferenceKind.INSTANCE: [],
            ReferenceKind.FILIERE: [],
            ReferenceKind.ETIQUETTE: [],
        }
        criticites = []
        for label in labels:
            words = folded(label)
            if words in CRITICITES:
                criticites.append(CRITICITES[words])
            elif words in _INSTANCES:
                lists[ReferenceKind.INSTANCE].append(_INSTANCES[words])
            elif words in _SECTORS or words in self._known[ReferenceKind.FILIERE]:
                lists[ReferenceKind.FILIERE].append(_SECTORS.get(words, label))
            elif words not in _SIZES:
                lists[ReferenceKind.ETIQUETTE].append(label)
        worst = next((one for one in Criticite if one in criticites), Criticite.AUCUNE)
        return {"criticite": worst.name, **{kind.name: self.of_kind(kind, names) for kind, names in lists.items()}}


def _by_words(kind: ReferenceKind) -> dict[str, str]:
    rows = Reference.objects.filter(kind=kind.name).values_list("label", flat=True)
    return {folded(label): label for label in rows}
