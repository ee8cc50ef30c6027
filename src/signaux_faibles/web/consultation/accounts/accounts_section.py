"""The annual accounts of a company, which are public: every agent reads them (open-data §2.8, §2.12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.utils.safestring import SafeString

from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.served.accounts import (
    PREPARED,
    Amount,
    Exercice,
    SectorPosition,
    ServedRatio,
    exercices,
    places,
    why_no_accounts,
)
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.tables.sector.ratios import SECTOR_RATIOS, SectorRatio
from signaux_faibles.web.charts.drawing import Series, bars, strip
from signaux_faibles.web.consultation.accounts import definitions
from signaux_faibles.web.consultation.accounts.sector_words import place_words
from signaux_faibles.web.consultation.accounts.years import last_of_each_year
from signaux_faibles.web.rights.decide import ReadingVerdict

LONGEST_EXERCICE = 24
"""Months; two closings further apart hold another exercice between them when the length of the later is unknown."""
LABELS = {
    "chiffre_affaires": "Chiffre d’affaires",
    "marge_brute": "Marge brute",
    "valeur_ajoutee": "Valeur ajoutée",
    "ebe": "Excédent brut d’exploitation",
    "resultat_exploitation": "Résultat d’exploitation",
    "resultat_net": "Résultat net",
    "caf": "Capacité d’autofinancement",
    "capital_social": "Capital social",
    "capitaux_propres": "Capitaux propres",
    "dettes_financieres": "Dettes financières",
    "dettes_fiscales_sociales": "Dettes fiscales et sociales",
    "fournisseurs": "Dettes envers les fournisseurs",
    "tresorerie": "Trésorerie et placements",
    "bfr_exploitation": "Besoin en fonds de roulement d’exploitation",
    "total_bilan": "Total du bilan",
}


@dataclass(frozen=True)
class AmountLine:
    """An amount over the exercices shown, latest first."""

    label: str
    amounts: tuple[Amount, ...]
    definition: str
    drawing: SafeString | None


@dataclass(frozen=True)
class RatioLine:
    """A ratio over the exercices shown, latest first, with its unit and the place of the last one in its sector.

    Attributes:
        standing: the level and the trend of that place in words; empty without them.
        strip: the point of the company on the distribution of its class; None where that is not known.
        same_class: whether that class is the one that the page names once for most ratios.
    """

    label: str
    unit: str
    figures: tuple[ServedRatio, ...]
    place: SectorPosition | None
    standing: str
    definition: str
    strip: SafeString | None
    same_class: bool


@dataclass(frozen=True)
class AccountsSection:
    """The accounts on the page of a company.

    Attributes:
        exercices: the last ones, latest first.
        reason: why there are none, or few ratios, in French; None when there is nothing to say.
        places: the places, in its sector, of the ratios of the last exercice that has amounts, by ratio.
    """

    decision: ReadingVerdict
    exercices: tuple[Exercice, ...] = ()
    reason: str | None = None
    places: Mapping[str, SectorPosition] = field(default_factory=dict)

    @classmethod
    def read(cls, siren: str, *, snapshot: Snapshot, decision: ReadingVerdict) -> AccountsSection:
        """Read the last exercices, if the agent may."""
        if not decision.allowed:
            return cls(decision)
        section = cls(decision, tuple(exercices(snapshot, siren, PREPARED)), why_no_accounts(snapshot, siren))
        closing = section.placed_on
        return replace(section, places=places(snapshot, siren, closing)) if closing else section

    @cached_property
    def placed_on(self) -> date | None:
        """The closing of the last exercice with amounts, the one whose ratios have a place."""
        return next((one.closing for one in self.exercices if one.typed), None)

    @property
    def bare(self) -> tuple[Exercice, ...]:
        """The exercices whose accounts were filed without any amount."""
        return tuple(one for one in self.exercices if not one.typed)

    @property
    def gaps(self) -> tuple[tuple[date, date], ...]:
        """The pairs of closings, older first, between which exercices are missing; latest pair first."""
        neighbours = pairwise(self.exercices)
        return tuple((older.closing, newer.closing) for newer, older in neighbours if _missing_between(older, newer))

    @property
    def of_unknown_lengths(self) -> bool:
        """Whether the length of an exercice is not known, without which its ratios in days or years are not either."""
        return any(one.typed and not one.months for one in self.exercices)

    @cached_property
    def amounts(self) -> tuple[AmountLine, ...]:
        """The amounts that at least one exercice has, or withholds while it has others."""
        with_amounts = [rank for rank, one in enumerate(self.exercices) if one.typed]
        lines = (
            AmountLine(
                label,
                tuple(one.amounts[name] for one in self.exercices),
                definitions.AMOUNTS[name],
                by_year(label, last_of_each_year((one.closing, one.amounts[name].corrected) for one in self.exercices)),
            )
            for name, label in LABELS.items()
        )
        filled = ((line, [line.amounts[rank] for rank in with_amounts]) for line in lines)
        return tuple(line for line, some in filled if any(one.withheld or one.filed is not None for one in some))

    @cached_property
    def ratios(self) -> tuple[RatioLine, ...]:
        """The ratios that at least one exercice gives, in the order in which they are compared with the sector."""
        served = [one for one in SECTOR_RATIOS if self.exercices and one.ratio.name in self.exercices[0].ratios]
        lines = (self._ratio_line(one) for one in served)
        return tuple(line for line in lines if any(one.value is not None for one in line.figures))

    def _ratio_line(self, one: SectorRatio) -> RatioLine:
        figures = tuple(exercice.ratios[one.ratio.name] for exercice in self.exercices)
        place, placed_on = self.places.get(one.ratio.name), self.placed_on
        standing = ""
        if place and placed_on:
            by_year = last_of_each_year((of.closing, of.ratios[one.ratio.name].value) for of in self.exercices)
            standing = place_words(place.gap, place.trend, one.sense, by_year, placed_on.year)
        value = next((figure.value for figure in figures if figure.closing == placed_on), None)
        strip = None if place is None else on_distribution(one.label, value, place)
        common = self.common_class
        same_class = common is not None and place is not None and _class_of(place) == _class_of(common)
        definition = f"{definitions.RATIOS[one.ratio.name]} {one.sense.value[0].capitalize()} : {one.reason}."
        return RatioLine(one.label, one.ratio.unit, figures, place, standing, definition, strip, same_class)

    @cached_property
    def common_class(self) -> SectorPosition | None:
        """A place in the class with which most ratios are compared; None where each has its own."""
        placed = [place for place in self.places.values() if place.percentile is not None]
        counted = Counter(map(_class_of, placed)).most_common(1)
        if not counted or counted[0][1] < 2:
            return None
        return next(place for place in placed if _class_of(place) == counted[0][0])

    @property
    def nomenclature(self) -> str | None:
        """The nomenclature of the activities compared with; it is one for a company."""
        return next((place.nomenclature for place in self.places.values()), None)

    @property
    def of_other_lengths(self) -> bool:
        """Whether an exercice is known not to last twelve months, so that its flows compare with no other."""
        return any(one.months and one.months != 12 for one in self.exercices)


def _class_of(place: SectorPosition) -> tuple[str | None, str | None]:
    return place.activity, place.turnover


def by_year(label: str, amounts: Mapping[int, Decimal | None]) -> SafeString | None:
    """Small bars, one per year, oldest first, a year without exercice being a gap; None with a single amount."""
    filled = {year: amount for year, amount in amounts.items() if amount is not None}
    if len(filled) < 2:
        return None
    years = range(min(filled), max(filled) + 1)
    values = tuple(float(filled[year]) if year in filled else None for year in years)
    return bars([Series(values)], f"{label}, de {years[0]} à {years[-1]}")


def on_distribution(label: str, value: float | None, place: SectorPosition) -> SafeString | None:
    """The point of a value on the distribution of its class; None where either is not known."""
    if value is None or place.percentile is None or place.median is None or place.quantiles is None:
        return None
    low, quarter, three_quarters, high = place.quantiles
    return strip(value, (low, quarter, place.median, three_quarters, high), f"{label}, dans le secteur")


def _missing_between(older: Exercice, newer: Exercice) -> bool:
    """Whether the later exercice began more than a month after the earlier one closed."""
    apart = index_of(newer.closing) - index_of(older.closing)
    return apart > newer.months + 1 if newer.months else apart >= LONGEST_EXERCICE
