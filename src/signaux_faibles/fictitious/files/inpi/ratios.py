"""The published ratios of the accounts, `ratios_inpi_bce`, from the cells typed (open-data §2.6, §2.8)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.books.cells import Cells
from signaux_faibles.fictitious.books.filings import LETTERS, Filings, closing_day, filing_order
from signaux_faibles.fictitious.books.typed import of_form, typed
from signaux_faibles.fictitious.files.inpi.confidentiality import confidentiality
from signaux_faibles.fictitious.files.layouts import MARK, OLD_HEADERS
from signaux_faibles.fictitious.months import Batch, month
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals
from signaux_faibles.sources.inpi.ratios_inpi_bce import AMOUNTS, RATIOS

_NEW_EDITION = month(2024, 7)
"""Older editions spell two headers differently, and give two percentages as quotients [D: API records of 2024]."""
QUOTIENTS = ("taux_d_endettement", "couverture_des_interets")
_DELAY = np.timedelta64(10, "D")
_YEAR_OF_DAYS = 360
_DECIMALS = 3

_FORMULAS: dict[str, tuple[str, str]] = {
    "dettes_financieres": ("DU + DV", "156"),
    "own": ("DL", "142"),
    "total": ("EE", "180"),
    "current": ("CJ - CK", "096 - 098"),
    "short": ("EG", "176 - 195"),
    "gross": ("AP + AR + AT", "028"),
    "spent": ("AQ + AS + AU", "030"),
    "stocks": ("BL + BT", "050 + 060"),
    "customers": ("BX - BY", "068 - 070"),
    "suppliers": ("DX", "166"),
    "working": ("BL + BT + BX - BY - DX - DY", "050 + 060 + 068 - 070 - 166 - 172 + 169"),
    "chiffre_d_affaires": ("FL", "210 + 214 + 218"),
    "bought": ("FS + FU + FW", "234 + 238 + 242"),
    "marge_brute": ("FL - FS - FT - FU - FV", "210 + 214 + 218 - 234 - 236 - 238 - 240"),
    "ebe": (
        "FL - FS - FT - FU - FV - FW + FO - FX - FY - FZ",
        "210 + 214 + 218 - 234 - 236 - 238 - 240 - 242 + 226 - 244 - 250 - 252",
    ),
    "ebit": ("GG", "270"),
    "current_result": ("GW", "270 + 280 - 294"),
    "resultat_net": ("DI", "136"),
    "interest": ("GR", "294"),
    "caf": ("HN + GA + GC + GD - FP", "310 + 254 + 256 - 290 + 300"),
}
"""Amounts, on the normal form and on the simplified one."""
_OF_THE_BALANCE = ("dettes_financieres", "own", "total", "current", "short", "gross", "spent", "resultat_net")
"""Amounts that even a filing without profit and loss account holds."""


def is_new(batch: Batch) -> bool:
    """Whether a batch delivers the current edition."""
    return batch.rank >= _NEW_EDITION


def is_old(batch: Batch) -> bool:
    """Whether a batch delivers an edition from before mid-2024."""
    return not is_new(batch)


def published(part: Part, batch: Batch) -> pa.Table:
    """Rows of `ratios_inpi_bce.csv`: one per public filing made at least ten days before the batch."""
    rows = _with_zeros(company_ratios(part, batch))
    headers = [MARK + "siren", "date_cloture", *AMOUNTS, *RATIOS, "type_bilan", "confidentiality"]
    rows = rows.select([header.removeprefix(MARK) for header in headers])
    if is_new(batch):
        return rows.rename_columns(headers)
    for name in QUOTIENTS:
        quotient = np.round(rows[name].to_numpy() / 100, _DECIMALS)
        rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(quotient, from_pandas=True))
    return rows.rename_columns([OLD_HEADERS.get(header, header) for header in headers])


def _with_zeros(rows: pa.Table) -> pa.Table:
    """The rows with zero for each withheld amount: the « zéros techniques » of the real file."""
    for name in AMOUNTS:
        rows = rows.set_column(rows.schema.get_field_index(name), name, pc.fill_null(rows[name], 0))
    return rows


def company_ratios(part: Part, batch: Batch) -> pa.Table:
    """Amounts and ratios of the public filings, with the activity of the company, ordered as filed."""
    filings = part.annual.filings.public(until=batch.urssaf_day - _DELAY)
    tables, orders = [], []
    for normal in (True, False):
        filings_of_form = of_form(filings, normal=normal)
        tables.append(_rows(part, filings_of_form, normal=normal))
        orders.append(filing_order(filings_of_form))
    order = np.argsort(np.concatenate(orders), kind="stable")
    return pa.concat_tables(tables).take(pa.array(order))


def _rows(part: Part, filings: Filings, *, normal: bool) -> pa.Table:
    liasses = part.annual.liasses
    amounts = _amounts(typed(filings, liasses, normal=normal), filings.withheld, normal=normal)
    company = liasses.company[filings.liasse]
    columns = {
        "siren": pa.array(part.employers.siren[company]),
        "date_cloture": pa.array(closing_day(liasses.close[filings.liasse])),
        **{name: pa.array(amounts[name], from_pandas=True).cast(pa.int64()) for name in AMOUNTS},
        **{name: pa.array(ratio, from_pandas=True) for name, ratio in _ratios(amounts, liasses.months[filings.liasse])},
        "type_bilan": pa.array(LETTERS[filings.form]),
        "confidentiality": confidentiality(part.employers.siren[company], filings.withheld),
        "activity": pa.array(part.employers.activity[company]),
    }
    return pa.table(columns)


def _amounts(cells: Cells, withheld: Bools, *, normal: bool) -> dict[str, Reals]:
    """Amounts in euros, NaN where they are not published."""
    amounts = {}
    for name, formulas in _FORMULAS.items():
        value = _value(cells, formulas[0 if normal else 1]).astype(float)
        amounts[name] = value if name in _OF_THE_BALANCE else np.where(withheld, np.nan, value)
    return amounts


def _value(cells: Cells, formula: str) -> Ints:
    """« BX - BY » over cells."""
    total, sign = np.zeros_like(next(iter(cells.values()))), 1
    for word in formula.split():
        if word in ("+", "-"):
            sign = 1 if word == "+" else -1
        else:
            total = total + sign * cells[word]
    return np.asarray(total)


def _ratios(amounts: dict[str, Reals], months: Ints) -> list[tuple[str, Reals]]:
    """The published ratios, in their order; NaN where the divisor makes no sense."""
    yearly = {name: amounts[name] * 12 / months for name in ("chiffre_d_affaires", "bought", "caf")}
    turnover, of_year = amounts["chiffre_d_affaires"], yearly["chiffre_d_affaires"]
    return [
        ("taux_d_endettement", _over(amounts["dettes_financieres"], amounts["own"], 100, signed=True)),
        ("ratio_de_liquidite", _over(amounts["current"], amounts["short"], 100)),
        ("ratio_de_vetuste", _over(amounts["spent"], amounts["gross"], 100)),
        ("autonomie_financiere", _over(amounts["own"], amounts["total"], 100)),
        ("poids_bfr_exploitation_sur_ca", _over(amounts["working"], of_year, 100)),
        ("couverture_des_interets", _over(amounts["interest"], amounts["ebe"], 100, signed=True)),
        ("caf_sur_ca", _over(amounts["caf"], turnover, 100)),
        ("capacite_de_remboursement", _over(amounts["dettes_financieres"], yearly["caf"], 1, signed=True)),
        ("marge_ebe", _over(amounts["ebe"], turnover, 100)),
        ("resultat_courant_avant_impots_sur_ca", _over(amounts["current_result"], turnover, 100)),
        ("poids_bfr_exploitation_sur_ca_jours", _over(amounts["working"], of_year, _YEAR_OF_DAYS)),
        ("rotation_des_stocks_jours", _over(amounts["stocks"], of_year, _YEAR_OF_DAYS)),
        ("credit_clients_jours", _over(amounts["customers"], of_year, _YEAR_OF_DAYS)),
        ("credit_fournisseurs_jours", _over(amounts["suppliers"], yearly["bought"], _YEAR_OF_DAYS)),
    ]


def _over(amount: Reals, divisor: Reals, scale: float, *, signed: bool = False) -> Reals:
    meaningful = divisor != 0 if signed else divisor > 0
    quotient = amount * scale / np.where(meaningful, divisor, np.nan)
    return np.asarray(np.round(quotient, _DECIMALS))
