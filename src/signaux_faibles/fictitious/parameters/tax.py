"""The figures of the files of the DGFiP, of the Banque de France and of the register; marks are those of `parameters`.

No public source says how late companies are with their taxes: levels follow social debts [E].
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tax:
    """What the DGFiP knows."""

    declared: float = 0.985  # exercices that are declared, wholly withheld or not [E]
    declared_days: tuple[float, float] = (118.0, 12.0)  # after the closing [S: early May for December]
    late_days: tuple[float, float] = (25.0, 60.0)  # mean delay more, by standard deviation of strain, in crisis [E]
    with_social_debt: float = 0.40  # social debts that go with a tax debt [E]
    alone: float = 0.15  # tax debts by social debt, without one [E]
    taxes: tuple[tuple[str, float], ...] = (("TVA", 0.58), ("PAS", 0.16), ("IS", 0.12), ("CFE", 0.09), ("TS", 0.05))
    suspended: float = 0.12  # claims under a plan or a dispute [E]
    vat_months: int = 24  # declarations before the first batch [E: to keep the file handy]
    vat_missing: tuple[float, float] = (0.006, 0.10)  # months without declaration, out of crisis, in crisis [E]
    vat_corrected: float = 0.01  # [E]
    # Code général des impôts, art. 302 septies A [S, 2023-2024]: yearly declaration below, trade then services.
    yearly_below: float = 300_000.0


@dataclass(frozen=True)
class Bank:
    """What the Banque de France knows."""

    least_turnover: float = 750_000.0  # FIBEN, from 750,000 euros of turnover [S]
    known: float = 0.90  # of those above [C: about 70 % of the companies of a pilot region, model §1.1]


@dataclass(frozen=True)
class Directors:
    """Who directs companies."""

    second: float = 0.30  # companies of two directors [E]
    legal_person: float = 0.06  # directors that are companies [E]
    change: float = 0.0045  # a month [E]
    change_in_crisis: float = 0.020  # [E: « more before failure »]
    change_by_strain: float = 0.35  # on the logarithm of the risk, for one standard deviation [E]
    recording_days: float = 25.0  # mean delay until the register says so [E]
