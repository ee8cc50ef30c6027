"""The annual accounts of a company as pages read them: the filing retained for each exercice (open-data §2.6, §2.8).

Only the amounts and ratios that a page shows are served, those of `AMOUNTS` and `RATIOS`; the tables `accounts` and
`account_ratios` hold all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.insee.nomenclatures import LABELS
from signaux_faibles.tables.accounts.ratios import FLOWS
from signaux_faibles.tables.accounts.ratios import RATIOS as PUBLISHED_RATIOS
from signaux_faibles.tables.accounts.state import CONFIDENTIAL, NOT_TYPED, WITHHELD

AMOUNTS = (
    "chiffre_affaires",
    "marge_brute",
    "valeur_ajoutee",
    "ebe",
    "resultat_exploitation",
    "resultat_net",
    "caf",
    "capital_social",
    "capitaux_propres",
    "dettes_financieres",
    "dettes_fiscales_sociales",
    "fournisseurs",
    "tresorerie",
    "bfr_exploitation",
    "total_bilan",
)
RATIOS = tuple(ratio.name for ratio in PUBLISHED_RATIOS)

_OF_FLOWS = {ratio.name for ratio in PUBLISHED_RATIOS if ratio.of_flows}
_CARD = ("date_cloture", "type_bilan", "known_at", "known_at_assumed", "duree_exercice", "compte_de_resultat")
_FLAGS = ("liasse", "code_motif", "effectif_moyen", "anomalies", "identites_rompues")
_OF_ACCOUNTS = (*_CARD, *_FLAGS, *(column for name in AMOUNTS for column in (f"{name}_depose", name)))

SERVED = f"""
CREATE TABLE company_accounts AS
SELECT siren, {", ".join((*_OF_ACCOUNTS, *RATIOS))}
FROM read_parquet($tables || 'accounts.parquet') AS filing
JOIN (
    SELECT siren, date_cloture, type_bilan, batch, file, line, {", ".join(RATIOS)}
    FROM read_parquet($tables || 'account_ratios.parquet')
) AS ratios USING (siren, date_cloture, type_bilan, batch, file, line)
WHERE est_retenu ORDER BY siren, date_cloture
"""
SERVED_PLACES = """
CREATE TABLE sector_place AS
SELECT siren, ratio, date_cloture, centile, mediane, cohorte, classe_naf, classe_ca, ecart, tendance,
    sans_position, place.nomenclature, q10, q25, q75, q90
FROM read_parquet($tables || 'sector_positions.parquet') AS place
LEFT JOIN company_activity AS activity USING (siren)
WHERE place.nomenclature = coalesce(activity.compared_in, 'NAFRev2')
ORDER BY siren, ratio
"""
PLACES = CompanySubject(
    "sector_places",
    "sector_place",
    ("date_cloture", "ratio", "centile", "mediane", "cohorte", "classe_naf", "classe_ca", "ecart", "tendance",
     "sans_position", "nomenclature", "q10", "q25", "q75", "q90"),
)  # fmt: skip
PREPARED = 6
"""Exercices: what the law asks a lender to look at, and a screen still holds."""
ACCOUNTS = CompanySubject("accounts", "company_accounts", (*_OF_ACCOUNTS, *RATIOS), last=("date_cloture", PREPARED))
"""Sorted by the reader: to sort a few rows of sixty columns costs DuckDB as much as to find them."""
COVERAGE = CompanySubject("accounts_coverage", "accounts_coverage", ("motif",))


@dataclass(frozen=True)
class Amount:
    """An amount of an exercice, in whole euros.

    Attributes:
        filed: as filed; corrected: as it can be compared, None where it cannot be known.
        withheld: not published at the request of the company, so confidential rather than missing.
    """

    filed: Decimal | None
    corrected: Decimal | None
    withheld: bool

    @property
    def changed(self) -> bool:
        """Whether the amount that can be compared differs from the one filed."""
        return self.filed is not None and self.filed != self.corrected


@dataclass(frozen=True)
class ServedRatio:
    """A ratio of an exercice; withheld as an amount is."""

    closing: date
    value: float | None
    withheld: bool


@dataclass(frozen=True)
class SectorPosition:
    """The place of a ratio among companies of the same activity and size (open-data §2.7).

    Attributes:
        percentile: from 10 (10 or less) to 90 (90 or more); None without a place.
        companies: how many it is compared with; activity and turnover: their classes, « * » being all of them.
        gap: the value less the median, in interquartile ranges; trend: the slope of the gap, per year.
        why_not: why the ratio has no place, in French.
        nomenclature: of the activity compared with, NAF rév. 2 or NAF 2025.
        quantiles: the 10th, 25th, 75th and 90th centiles of the class; None where they are not known.
    """

    percentile: float | None
    median: float | None
    companies: int | None
    activity: str | None
    turnover: str | None
    gap: float | None
    trend: float | None
    why_not: str | None
    nomenclature: str
    quantiles: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Exercice:
    """The accounts retained for an exercice.

    Attributes:
        kind: C complete, S simplified, K consolidated.
        filed_on: the day of filing; if `filed_on_assumed`, the source does not give it and it must not be shown.
        months: its length; None or 0 when the filing does not give it.
        liasse: « saisie », « confidentielle » or « non saisie »; motif: INPI's code for why it did not type it.
        anomalies: the flags on its quality, in French.
        broken: the checks that it fails, in French.
    """

    closing: date
    kind: str
    filed_on: date | None
    filed_on_assumed: bool
    months: int | None
    profit_and_loss: str
    liasse: str | None
    motif: str | None
    headcount: int | None
    anomalies: tuple[str, ...]
    broken: tuple[str, ...]
    amounts: Mapping[str, Amount]
    ratios: Mapping[str, ServedRatio]

    @property
    def typed(self) -> bool:
        """Whether the filing has amounts; if not, see `withheld`."""
        return self.liasse not in (WITHHELD, NOT_TYPED)

    @property
    def withheld(self) -> bool:
        """Whether the company asked not to publish any of its accounts."""
        return self.liasse == WITHHELD


def exercices(snapshot: Snapshot, siren: str, count: int) -> list[Exercice]:
    """The last exercices of a company, `PREPARED` at most, latest first."""
    rows = sorted(snapshot.rows_of(ACCOUNTS, siren), key=lambda row: row[0], reverse=True)
    return [_exercice(row) for row in rows[: min(count, PREPARED)]]


def places(snapshot: Snapshot, siren: str, closing: date) -> dict[str, SectorPosition]:
    """The places of the ratios of an exercice, by ratio; empty for every exercice but the last one that was placed."""
    rows = (row for on, *row in snapshot.rows_of(PLACES, siren) if on == closing)
    return {row[0]: _position(row) for row in sorted(rows, key=itemgetter(0))}


def _position(row: Sequence[Any]) -> SectorPosition:
    _, *place, nomenclature, q10, q25, q75, q90 = row
    bounds = None if None in (q10, q25, q75, q90) else (q10, q25, q75, q90)
    return SectorPosition(*[*place, LABELS[nomenclature], bounds])


def why_no_accounts(snapshot: Snapshot, siren: str) -> str | None:
    """Why a company has no accounts or few ratios, in French; None when it has them, or is not covered."""
    rows = snapshot.rows_of(COVERAGE, siren)
    return rows[0][0] if rows else None


def _exercice(row: tuple[Any, ...]) -> Exercice:
    (closing, kind, known_at, assumed, months, state), rest = row[: len(_CARD)], row[len(_CARD) :]
    (liasse, motif, headcount, anomalies, broken), figures = rest[: len(_FLAGS)], rest[len(_FLAGS) :]
    amounts, ratios = figures[: 2 * len(AMOUNTS)], figures[2 * len(AMOUNTS) :]
    all_withheld, flows_withheld = liasse == WITHHELD, state == CONFIDENTIAL
    pairs = zip(AMOUNTS, amounts[::2], amounts[1::2], strict=True)
    return Exercice(
        *(closing, kind, known_at, assumed, months, state, liasse, motif, headcount),
        anomalies=_parts(anomalies),
        broken=_parts(broken),
        amounts={
            name: Amount(filed, corrected, filed is None and (all_withheld or (flows_withheld and name in FLOWS)))
            for name, filed, corrected in pairs
        },
        ratios={
            name: ServedRatio(
                closing, value, value is None and (all_withheld or (flows_withheld and name in _OF_FLOWS))
            )
            for name, value in zip(RATIOS, ratios, strict=True)
        },
    )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(" ; ")) if text else ()
