"""The two nomenclatures of activities: NAF rév. 2 until the end of 2026, NAF 2025 from January 2027.

No code is common to both: the last letter of a sub-class is A to F or Z in the NAF rév. 2, G to L or Y in the NAF 2025.
"""

from __future__ import annotations

from dataclasses import dataclass

NIV = ("niv5", "niv4", "niv3", "niv2", "niv1")
"""Columns of the tables of codes, from the sub-class to the section."""


@dataclass(frozen=True)
class Nomenclature:
    """A nomenclature of activities.

    Attributes:
        name: as INSEE writes it beside a code.
        label: as a page shows it.
        table: the reference table of its codes.
        shape: a regular expression of its sub-classes.
        delivered: the column of staging `sirene_ul` and of `clean_sirene_ul` that holds its code.
        prefix: of the columns of its levels, from `<prefix>_5`, the sub-class, to `<prefix>_1`, the section.
    """

    name: str
    label: str
    table: str
    shape: str
    delivered: str
    prefix: str

    @property
    def levels(self) -> tuple[str, ...]:
        """Columns of an activity at each level, from the sub-class to the section."""
        return tuple(f"{self.prefix}_{number}" for number in range(5, 0, -1))


NAF_REV2 = Nomenclature(
    "NAFRev2", "NAF rév. 2", "naf_codes", "[0-9]{2}[.][0-9]{2}[A-FZ]", "activite_principale", "rev2"
)
NAF_2025 = Nomenclature(
    "NAF2025", "NAF 2025", "naf25_codes", "[0-9]{2}[.][0-9]{2}[G-LY]", "activite_principale_naf25", "naf25"
)
NOMENCLATURES = (NAF_REV2, NAF_2025)

LABELS = {one.name: one.label for one in NOMENCLATURES}
