"""Activité partielle as the DGEFP delivers it: a whole dump a month (import-chain §5.1, §5.2)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.files.contributions import euros
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.months import Batch, first_day, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints

_DUMP_DAY = 9
"""The dump is made on the 10th of the month of the batch."""
_HOURLY = 9.3  # euros that the State pays for an hour, one and a half times in the health crisis [estimate]
_NEW_NUMBERS = np.datetime64("2018-01-01")
_PLACES = 64
_LEADS = tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def demands(part: Part, batch: Batch) -> pa.Table:
    """Rows of `demande_ap.csv`; the totals consumed are those known on the day, and grow from dump to dump."""
    asked, sites = part.short_time, part.sites
    rows = np.flatnonzero(asked.decided <= _dump(batch))
    site = asked.site[rows]
    hours, employees = _consumed(part, batch)
    company = np.maximum(part.lives.headcount[sites.company[site], month_of(asked.start[rows])], 1)
    return pa.table(
        {
            "id_demande": _number(part, rows),
            "siret": pa.array(sites.siret[site]),
            "EFF_ENT": _as_float(np.maximum(company, asked.headcount[rows])),
            "EFF_ETAB": _as_float(asked.headcount[rows]),
            "date_statut": pa.array(asked.decided[rows]),
            "periode_debut": pa.array(asked.start[rows]),
            "periode_fin": pa.array(asked.stop[rows]),
            "heures": euros(asked.hours[rows]),
            "MTA": euros(_paid(asked.hours[rows])),
            "EFF_AUTO": _as_float(asked.authorised[rows]),
            "motif_recours": pa.array(asked.reason[rows]),
            "PERIMETRE_AP": pa.array(np.where(asked.authorised[rows] >= asked.headcount[rows], "1", "2")),
            "S_HEURE_CONSOM_TOT": euros(hours[rows]),
            "S_EFF_CONSOM_TOT": _as_float(employees[rows]),
            "S_MONTANT_CONSOM_TOT": euros(_paid(hours[rows])),
            "RECOURS_ANTERIEUR": pa.array(np.where(_again(part)[rows], "2", "1")),
        }
    )


def consumptions(part: Part, batch: Batch) -> pa.Table:
    """Rows of `consommation_ap.csv`: hours claimed by the day of the dump."""
    used = part.short_time
    rows = np.flatnonzero(_claimed(part, batch))
    return pa.table(
        {
            "id_demande": _number(part, used.demand[rows]),
            "siret": pa.array(part.sites.siret[used.site[used.demand[rows]]]),
            "heures": euros(used.consumed_hours[rows]),
            "montant": euros(_paid(used.consumed_hours[rows])),
            "EFFECTIFS": _as_float(used.consumed_by[rows]),
            "periode": pa.array(first_day(used.consumed_month[rows])),
        }
    )


def _dump(batch: Batch) -> np.datetime64:
    return batch.register_day + np.timedelta64(_DUMP_DAY, "D")


def _claimed(part: Part, batch: Batch) -> Bools:
    used = part.short_time
    decided = used.decided[used.demand] <= _dump(batch)
    return np.asarray((used.claimed <= _dump(batch)) & decided)


def _consumed(part: Part, batch: Batch) -> tuple[Ints, Ints]:
    """Hours consumed under each demand, in hundredths, and employees of its largest month."""
    used, rows = part.short_time, _claimed(part, batch)
    hours = np.zeros(len(used.site), dtype=np.int64)
    employees = np.zeros(len(used.site), dtype=np.int64)
    np.add.at(hours, used.demand[rows], used.consumed_hours[rows])
    np.maximum.at(employees, used.demand[rows], used.consumed_by[rows])
    return hours, employees


def _number(part: Part, demand: Ints) -> pa.Array:
    """Number of a demand: département, then rank of the company and of its demand; eleven characters.

    Demands decided before 2018 have the ten characters of the system of that time: a letter and nine digits.
    """
    site = part.short_time.site
    company = part.sites.company[site]
    rank = (np.arange(len(site)) - np.searchsorted(company, company, side="left"))[demand]
    number = pc.utf8_lpad(_text(part.employers.rank[company[demand]] * _PLACES + rank % _PLACES), 8, padding="0")
    # Beyond 64 demands the first digit, at most 6, becomes a letter, so that numbers stay distinct.
    lead = pc.utf8_slice_codeunits(number, 0, 1).cast(pa.int64()).to_numpy() + 7 * (rank // _PLACES)
    place = pc.utf8_lpad(accounts.departements(part.sites, site[demand]), 3, padding="0")
    leads, digits = pa.array(_LEADS).take(pa.array(lead)), pc.utf8_slice_codeunits(number, 1, 8)
    older = pa.array(part.short_time.decided[demand] < _NEW_NUMBERS)
    return pc.if_else(
        older,
        pc.binary_join_element_wise("d", leads, "0", digits, ""),
        pc.binary_join_element_wise(place, leads, digits, ""),
    )


def _again(part: Part) -> Bools:
    """Whether the establishment had asked before."""
    site = part.short_time.site
    return np.r_[False, site[1:] == site[:-1]] if len(site) else np.zeros(0, dtype=bool)


def _paid(hours: Ints) -> Ints:
    return np.asarray(np.round(hours * _HOURLY).astype(np.int64))


def _as_float(number: Ints) -> pa.Array:
    """Whole numbers as the dump writes them: 12.0."""
    return pc.binary_join_element_wise(_text(number), ".0", "")


def _text(number: Ints) -> pa.Array:
    return pa.array(number).cast(pa.string())
