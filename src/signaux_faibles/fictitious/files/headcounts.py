"""The headcounts that Urssaf delivers, by company and by establishment (import-chain §5.8, §5.9)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.months import Batch, month, urssaf_month
from signaux_faibles.fictitious.parameters.world import Headcount
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.activity_codes import naf_rev2
from signaux_faibles.fictitious.people.establishments import Establishments

FIRST = month(2010, 1)
"""History from January 2010."""
Headcounts = npt.NDArray[np.int32]


def last_month(batch: Batch, parameters: Headcount) -> int:
    """Last month that the extraction in force at a batch holds."""
    return batch.rank // parameters.extraction * parameters.extraction - parameters.lag


def month_headers(batch: Batch, parameters: Headcount) -> list[str]:
    """Headers of the months of a batch, `eff201011` and following."""
    return [f"eff{urssaf_month(rank)}" for rank in range(FIRST, last_month(batch, parameters) + 1)]


def of_companies(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_effectif_siren.csv`: one per company that has employed someone since 2010."""
    values = delivered(part, batch)
    rows = np.flatnonzero((values > 0).any(axis=1))
    columns = {"siren": pa.array(part.employers.siren[rows]), "rais_soc": _names(part, rows)}
    return pa.table(columns | _months(part, batch, values[rows]))


def of_establishments(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_effectif_siret.csv`: one per establishment that has employed someone since 2010."""
    sites = part.sites
    values = split(delivered(part, batch), sites)
    rows = np.flatnonzero((values > 0).any(axis=1))
    company = sites.company[rows]
    departement = accounts.departements(sites, rows)
    columns = {
        "numero_compte": accounts.number(part.employers, company, sites.line[rows]),
        "siret": pa.array(sites.siret[rows]),
        "rais_soc": _names(part, company),
        "ape_ins": pc.replace_substring(naf_rev2(part.employers.activity[company]), ".", ""),
        "dep": departement,
        "base": accounts.organisation(departement),
        "UR_EMET": accounts.organisation(departement),
    }
    return pa.table(columns | _months(part, batch, values[rows]))


def delivered(part: Part, batch: Batch) -> Headcounts:
    """Headcounts by company and month from `FIRST` as delivered, -1 where the cell is empty.

    The last months of an extraction are provisional: a few are missing or off by some employees, until the next one.
    """
    parameters, last = part.parameters.headcount, last_month(batch, part.parameters.headcount)
    values = part.lives.headcount[:, FIRST : last + 1].copy()
    doubt = part.rng("provisional").random((2, *part.lives.headcount.shape), dtype=np.float32)
    for rank in range(last - parameters.provisional + 1, last + 1):
        column, draw = values[:, rank - FIRST], doubt[1][:, rank]
        doubtful = (doubt[0][:, rank] < parameters.revised) & (column > 0)
        shift = np.round((draw - 0.5) * (2 + 0.2 * column)).astype(np.int32)
        revised = np.where(doubtful, np.maximum(column + shift, 1), column)
        values[:, rank - FIRST] = np.where(doubtful & (draw < 0.25), -1, revised)
    return values


def split(values: Headcounts, sites: Establishments) -> Headcounts:
    """Headcounts by establishment: secondary ones get the whole part of their share, the head office the rest.

    Args:
        values: by company and month from `FIRST`, -1 where unknown.
        sites: the establishments of these companies.
    Returns:
        by establishment and month, -1 where the establishment is closed or the headcount unknown.
    """
    months = FIRST + np.arange(values.shape[1])
    is_open = (sites.opens[:, None] <= months) & (months < sites.closes[:, None])
    weight = np.where(is_open, sites.weight[:, None], 0.0).astype(np.float32)
    start = np.flatnonzero(np.r_[True, sites.company[1:] != sites.company[:-1]])
    company = np.repeat(np.arange(len(start)), np.diff(np.r_[start, len(sites.company)]))
    total = np.maximum(np.add.reduceat(weight, start, axis=0), 1e-6)
    whole = np.maximum(values[sites.company], 0)
    share = np.floor(whole * weight / total[company]).astype(np.int32)
    secondary = np.where(sites.head[:, None], 0, share)
    rest = values[sites.company[start]] - np.add.reduceat(secondary, start, axis=0)
    parts = np.where(sites.head[:, None], rest[company], secondary)
    return np.where(is_open & (values[sites.company] >= 0), parts, -1).astype(np.int32)


def _months(part: Part, batch: Batch, values: Headcounts) -> dict[str, pa.Array]:
    headers = month_headers(batch, part.parameters.headcount)
    columns = (np.ascontiguousarray(column) for column in values.T)
    return {header: pa.array(column, mask=column < 0) for header, column in zip(headers, columns, strict=True)}


def _names(part: Part, company: npt.NDArray[np.int64]) -> pa.Array:
    return pc.coalesce(part.identities.name, part.identities.last_name).take(pa.array(company))
