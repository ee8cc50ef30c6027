"""The activity of companies in both nomenclatures, learned from the last delivery that held both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.plan.delivered import Latest
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Of, reference
from signaux_faibles.perimeter.perimeter import CANDIDATES
from signaux_faibles.perimeter.rules import in_force
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2
from signaux_faibles.tables.activities.activities import ACTIVITIES, RECORD, activities
from signaux_faibles.tables.activities.images import NAF_IMAGES, naf_images
from signaux_faibles.tables.activities.pairs import NAF_PAIRS, naf_pairs


@dataclass(frozen=True)
class WithBothCodes:
    """A type of the register, from the last batch whose legal units hold both codes; empty without such a batch.

    Attributes:
        earlier: also empty when that batch is the current one.
    """

    type: str
    earlier: bool = False
    tables = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The type, and the legal units, which say in which batch to look."""
        return tuple({self.type: None, "sirene_ul": None})

    @property
    def is_dated(self) -> bool:
        """Whether the current batch may be left out."""
        return self.earlier

    def read(self, inputs: Inputs) -> Relation:
        """Its rows."""
        up_to = last_with_both(inputs.deliveries)
        if up_to is None or (self.earlier and up_to.current.batch == inputs.deliveries.current.batch):
            return inputs.staged(self.type, [])
        return inputs.staged(self.type, up_to.latest(self.type))

    def __str__(self) -> str:
        """For the lineage."""
        return f"dernière livraison de {self.type} qui porte les deux codes d'activité"


@dataclass(frozen=True)
class DescribedCompanies:
    """The companies whose activity is looked for: those judged by the perimeter, or the whole register unfiltered."""

    tables = (CANDIDATES.name,)
    types = ("sirene_ul",)
    is_dated = False

    def read(self, inputs: Inputs) -> Relation:
        """siren, both codes, nomenclature of the main one."""
        if inputs.filtered:
            return inputs.table(CANDIDATES.name)
        units = inputs.staged("sirene_ul", inputs.deliveries.latest("sirene_ul"))
        described = last_per(units, "siren", RECORD)
        return described.select("siren", NAF_REV2.delivered, NAF_2025.delivered, nomenclature=in_force())

    def __str__(self) -> str:
        """For the lineage."""
        return f"table {CANDIDATES.name}"


def last_with_both(deliveries: Deliveries) -> Deliveries | None:
    """The batches up to the last one whose legal units hold both codes; None when none does.

    A delivery holds both when half of the units that have a NAF 2025 code also have a NAF rév. 2 code: from January
    2027 on, only a few odd ones do.
    """
    keys = list(deliveries.batches)
    for batch, files in reversed(deliveries.history("sirene_ul")):
        counts = [_with_both(deliveries.home.root / file.rows) for file in files]
        if 2 * sum(with_both for with_both, _ in counts) >= sum(naf25 for _, naf25 in counts) > 0:
            up_to = keys[: keys.index(batch) + 1]
            return replace(deliveries, batches={key: deliveries.batches[key] for key in up_to})
    return None


@cache
def _with_both(rows: Path) -> tuple[int, int]:
    """How many units of a staged file hold both codes, and how many a NAF 2025 code; a staged file never changes."""
    rev2, naf25 = NAF_REV2.delivered, NAF_2025.delivered
    counted = f"SELECT count(*) FILTER ({rev2} IS NOT NULL), count(*) FROM read_parquet(?) WHERE {naf25} IS NOT NULL"
    with in_memory() as connection:
        with_both, naf25_known = connection.execute(counted, [str(rows)]).fetchall()[0]
    return int(with_both), int(naf25_known)


REV2_CODES, NAF25_CODES = reference(NAF_REV2.table), reference(NAF_2025.table)

STEPS = (
    Step(
        NAF_PAIRS,
        naf_pairs,
        units=WithBothCodes("sirene_ul"),
        establishments=WithBothCodes("sirene"),
        official=Latest("correspondance_naf"),
    ),
    Step(NAF_IMAGES, naf_images, pairs=Of(NAF_PAIRS), rev2=REV2_CODES, naf25=NAF25_CODES),
    Step(
        ACTIVITIES,
        activities,
        companies=DescribedCompanies(),
        earlier=WithBothCodes("sirene_ul", earlier=True),
        images=Of(NAF_IMAGES),
        rev2=REV2_CODES,
        naf25=NAF25_CODES,
    ),
)
