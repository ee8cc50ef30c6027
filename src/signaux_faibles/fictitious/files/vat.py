"""Declarations of VAT, `dgfip_tva.csv`: the turnover of each month, weeks later (open-data §2.3)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.books.filings import closing_day
from signaux_faibles.fictitious.files.tax_returns import declared_on
from signaux_faibles.fictitious.months import LAST, Batch, first_day, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS

_RATES = {"I": 0.10, "AZ": 0.055, "PS": 0.05, "KZ": 0.02}
"""Mean rate on sales, 20 % elsewhere [E]."""
_ORDINARY = 0.20
_ON_PURCHASES = 0.16  # mean rate [E]
_DUE_DAY, _SPREAD = 16, 8
_LATE = 40
_NOISE = 0.18
_CORRECTED_AFTER = 45
_CORRECTION = 1.04  # of the turnover [E]
_OLDEST = 4
"""How many months before the first day delivered may still have a late or corrected declaration."""
_BY_YEAR_DAYS = 95


def declarations(part: Part, batch: Batch) -> pa.Table:
    """Rows of the file: those filed since the batch before; the last two years in a first batch."""
    tables = [_monthly(part, batch), _yearly(part, batch)]
    return pa.concat_tables(tables)


def _monthly(part: Part, batch: Batch) -> pa.Table:
    """CA3, by month; only the months that the batch may hold are computed."""
    parameters, rng = part.parameters.tax, part.rng("vat")
    draws = rng.random((5, part.employers.count, LAST), dtype=np.float32)
    months = np.arange(max(batch.rank - parameters.vat_months - _OLDEST, 0), batch.rank)
    turnover, bought, row = _by_month(part, months)
    draws, crisis = draws[:, :, months], part.lives.crisis[:, months]
    noise = np.exp(_NOISE * (draws[0] + draws[1] - 1) * 2.4)
    usual, in_crisis = parameters.vat_missing
    days = _DUE_DAY + np.floor(_SPREAD * draws[2]) + np.where(crisis, np.floor(_LATE * draws[3] ** 3), 0)
    filed = first_day(months + 1)[None, :] + days.astype("timedelta64[D]")
    declared = (row >= 0) & (draws[3] >= np.where(crisis, in_crisis, usual))
    later = filed + np.timedelta64(_CORRECTED_AFTER, "D")
    tables = []
    for version, (day, share) in enumerate(((filed, 1.0), (later, _CORRECTION))):
        has_version = declared & (draws[4] < parameters.vat_corrected) if version else declared
        company, at = np.nonzero(has_version & _is_new(day, batch, parameters.vat_months))
        start, stop = first_day(months[at]), first_day(months[at] + 1) - np.timedelta64(1, "D")
        base, spent = (amount[company, at] * noise[company, at] for amount in (turnover * share, bought))
        tables.append(_rows(part, company, "CA3", start, stop, day[company, at], base, spent, version))
    return pa.concat_tables(tables)


def _by_month(part: Part, months: Ints) -> tuple[Reals, Reals, Ints]:
    """Turnover and purchases of each month, without tax, and the liasse that holds them (-1 for none)."""
    liasses = part.annual.liasses
    row = np.full((part.employers.count, LAST), -1, dtype=np.int64)
    monthly = np.flatnonzero(_declares_monthly(part))
    for back in range(int(liasses.months.max())):
        inside = monthly[(liasses.months[monthly] > back) & (liasses.close[monthly] - back >= 0)]
        row[liasses.company[inside], liasses.close[inside] - back] = inside
    row = row[:, months]
    turnover = liasses.cells["FL"] / liasses.months
    bought = (liasses.cells["FS"] + liasses.cells["FU"] + liasses.cells["FW"]) / liasses.months
    return turnover[row], bought[row], row


def _declares_monthly(part: Part) -> np.ndarray:
    liasses = part.annual.liasses
    declares, _ = declared_on(part)
    return np.asarray(declares & (liasses.cells["FL"] * 12 / liasses.months >= part.parameters.tax.yearly_below))


def _yearly(part: Part, batch: Batch) -> pa.Table:
    """CA12, by exercice, for the smallest companies."""
    liasses = part.annual.liasses
    declares, _ = declared_on(part)
    small = declares & ~_declares_monthly(part)
    filed = closing_day(liasses.close) + np.timedelta64(_BY_YEAR_DAYS, "D")
    rows = np.flatnonzero(small & _is_new(filed, batch, part.parameters.tax.vat_months))
    cells = liasses.cells
    bought = (cells["FS"] + cells["FU"] + cells["FW"])[rows].astype(float)
    started = first_day(liasses.close[rows] + 1 - liasses.months[rows])
    return _rows(part, liasses.company[rows], "CA12", started, closing_day(liasses.close[rows]), filed[rows],
                 cells["FL"][rows].astype(float), bought)  # fmt: skip


def _is_new(filed: np.ndarray, batch: Batch, months: int) -> np.ndarray:
    """Whether a declaration is among those of the batch."""
    oldest = first_day(np.array([batch.rank - months]))[0]
    after = oldest if batch.covered_until is None else batch.covered_until
    return np.asarray((filed <= batch.urssaf_day) & (filed > after))


def _rows(
    part: Part,
    company: Ints,
    form: str,
    start: np.ndarray,
    stop: np.ndarray,
    filed: np.ndarray,
    base: Reals,
    bought: Reals,
    version: int = 0,
) -> pa.Table:
    """Declarations: tax on sales, less tax on purchases."""
    rates = np.array([_RATES.get(sector.code, _ORDINARY) for sector in SECTORS])[part.employers.sector[company]]
    turnover, gross = np.rint(base), np.rint(base * rates)
    paid = np.rint(bought * np.minimum(_ON_PURCHASES, rates * 1.2))
    number = (part.employers.rank[company] * LAST + month_of(start)) * 2 + version
    return pa.table(
        {
            "siren": pa.array(part.employers.siren[company]),
            "formulaire": pa.repeat(form, len(company)),
            "date_debut": pa.array(start),
            "date_fin": pa.array(stop),
            "date_depot": pa.array(filed),
            "numero": pa.array(number.astype(str), pa.string()),
            "chiffre_affaires": pa.array(turnover.astype(np.int64)),
            "tva_brute": pa.array(gross.astype(np.int64)),
            "tva_deductible": pa.array(paid.astype(np.int64)),
            "tva_nette": pa.array(np.maximum(gross - paid, 0).astype(np.int64)),
            "credit_tva": pa.array(np.maximum(paid - gross, 0).astype(np.int64)),
        }
    )
