"""The last tax returns that count at a month, with their ratios, as the panel in service reads them (model §1.8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from signaux_faibles.fictitious.books.cells import Cells
from signaux_faibles.fictitious.books.filings import closing_day
from signaux_faibles.fictitious.files.tax_returns import amounts, declared_on, ratios
from signaux_faibles.fictitious.measured.known import Features
from signaux_faibles.fictitious.measured.known_accounts import accounts_of
from signaux_faibles.fictitious.months import month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

OLDEST = 30
"""Months after their closing until which accounts count."""
LAG_DAYS = np.timedelta64(280, "D")
"""The documented lag: accounts never count earlier after their closing, even when they are declared early."""
QUARTER = 3
_A_YEAR = (10, 14)
_PERCENT, _DAYS, _MONTHS_OF_A_YEAR = 100.0, 360.0, 12
_KEY = 100_000


@dataclass(frozen=True)
class Returns:
    """The returns of a part that ever count, in the order in which they do.

    Attributes:
        company: rank in the part; close: month of the closing; since: month from which a return counts.
        columns: what the panel reads of each; amounts: those of the Altman-like score, in euros.
        inputs: of the recipe of 2021 (`accounts_of`).
    """

    company: Ints
    close: Ints
    since: Ints
    columns: dict[str, Reals]
    amounts: dict[str, Reals]
    inputs: dict[str, Reals]

    @classmethod
    def of(cls, part: Part) -> Returns:
        """The returns of a part: a delivery each quarter, and an older exercice never replaces a newer one."""
        liasses = part.annual.liasses
        declared, day = declared_on(part)
        delivered = (month_of(day) // QUARTER + 1) * QUARTER
        since = np.maximum(delivered, month_of(closing_day(liasses.close) + LAG_DAYS)).astype(np.int64)
        order = np.lexsort((liasses.close, since, liasses.company))
        order = order[declared[order]]
        company, close = liasses.company[order], liasses.close[order]
        newest = np.maximum.accumulate(company * _KEY + close) == company * _KEY + close
        last_known = order[newest & _last(company, since[order])]
        cells = {code: values[last_known] for code, values in liasses.cells.items()}
        columns = _compared(
            _measured(cells, liasses.months[last_known]),
            liasses.company[last_known],
            liasses.close[last_known],
            cells["FL"] * _MONTHS_OF_A_YEAR / liasses.months[last_known],
        )
        inputs = {f"input_{rank}": values for rank, values in enumerate(accounts_of(cells).T)}
        return cls(
            liasses.company[last_known],
            liasses.close[last_known],
            since[last_known],
            columns,
            _balance(cells, liasses.months[last_known]),
            inputs,
        )

    def at(self, origin: int, rank: Ints) -> dict[str, Reals]:
        """The columns of the panel that accounts give at a month; NaN where none counts."""
        age = (origin - self.close).astype(np.float64)
        return self._last({**self.columns, "comptes_anciennete": age}, origin, rank)

    def amounts_at(self, origin: int, rank: Ints) -> dict[str, Reals]:
        """The amounts of the same accounts."""
        return self._last(self.amounts, origin, rank)

    def inputs_at(self, origin: int, rank: Ints) -> Features:
        """What the recipe of 2021 reads of the same accounts; 0 where none counts."""
        return np.nan_to_num(np.column_stack(list(self._last(self.inputs, origin, rank).values())))

    def _last(self, columns: dict[str, Reals], origin: int, rank: Ints) -> dict[str, Reals]:
        place = np.searchsorted(self.company * _KEY + self.since, rank * _KEY + origin, side="right") - 1
        last = np.maximum(place, 0)
        counts = (place >= 0) & (self.company[last] == rank) & (self.close[last] > origin - OLDEST)
        return {name: np.where(counts, values[last], np.nan) for name, values in columns.items()}


def _last(company: Ints, since: Ints) -> Bools:
    """Of the returns of a company that count from the same month, the last."""
    return np.asarray(np.r_[(company[1:] != company[:-1]) | (since[1:] != since[:-1]), True])


def _measured(cells: Cells, months: Ints) -> dict[str, Reals]:
    """The ratios of returns; NaN over nothing."""
    amount = {name: values.astype(np.float64) for name, values in amounts(cells).items()}
    ratio = ratios(cells, months)
    turnover = amount["mnt_af_ca"]
    yearly = turnover * _MONTHS_OF_A_YEAR / months
    return {
        "marge_ebe": _over(amount["mnt_af_sig_ebe_ret"], turnover, _PERCENT),
        "caf_sur_ca": ratio["rto_6"],
        "rentabilite_economique": ratio["rto_af_rent_eco"] * _PERCENT,
        "solidite_financiere": ratio["rto_af_solidite_financiere"] * _PERCENT,
        "liquidite_reduite": ratio["rto_56"],
        "tresorerie_jours": _over(amount["mnt_af_bfonc_tresorerie"], yearly, _DAYS),
        "bfr_jours": _over(amount["mnt_af_bfonc_bfr"], yearly, _DAYS),
        "endettement_net_sur_ca": _over(amount["mnt_af_endettement_net"], yearly, _PERCENT),
        "credit_fournisseurs_jours": ratio["nbr_af_jours_reglt_fourn"],
        "credit_clients_jours": ratio["nbr_af_jours_creance_cli"],
        "personnel_sur_va": _over(amount["d_cr_250"] + amount["d_cr_252"], amount["mnt_af_sig_va_ret"], _PERCENT),
        "capitaux_propres_faibles": (amount["d_passf_142_k_propres"] < amount["d_passf_120_k"] / 2).astype(np.float64),
    }


def _balance(cells: Cells, months: Ints) -> dict[str, Reals]:
    """What the Altman-like score reads: retained earnings are equity less the capital and the result."""
    amount = {code: cells[code].astype(np.float64) for code in ("CJ", "CK", "EG", "DL", "DA", "HN", "GG", "EE", "EC")}
    return {
        "actif_circulant": amount["CJ"] - amount["CK"],
        "dettes_court_terme": amount["EG"],
        "reserves": amount["DL"] - amount["DA"] - amount["HN"],
        "resultat_exploitation": amount["GG"] * _MONTHS_OF_A_YEAR / months,
        "total_bilan": amount["EE"],
        "total_dettes": amount["EC"],
    }


def _compared(ratio: dict[str, Reals], company: Ints, close: Ints, yearly: Reals) -> dict[str, Reals]:
    """The ratios, and their changes since the return that counted before, when about a year separates them."""
    elapsed = np.r_[0, close[1:] - close[:-1]]
    same = np.r_[False, company[1:] == company[:-1]]
    a_year = same & (elapsed >= _A_YEAR[0]) & (elapsed <= _A_YEAR[1])
    before = np.r_[0, np.arange(len(close) - 1)]
    margin = ratio["marge_ebe"]
    return {
        **ratio,
        "evolution_ca": np.where(a_year, _over(yearly, yearly[before], 1.0) - 1, np.nan),
        "evolution_marge_ebe": np.where(a_year, margin - margin[before], np.nan),
    }


def _over(amount: Reals, divisor: Reals, scale: float) -> Reals:
    return np.asarray(amount * scale / np.where(divisor > 0, divisor, np.nan))
