"""Tax accounts of the DGFiP, `dgfip_liasses.csv`: every quarter, withheld accounts too (open-data §2.3)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.books.cells import Cells
from signaux_faibles.fictitious.books.course import Liasses
from signaux_faibles.fictitious.books.filings import closing_day
from signaux_faibles.fictitious.books.simplified import simplified
from signaux_faibles.fictitious.months import Batch, Dates, first_day, month
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

FIRST = month(2014, 1)
"""Depth of the lake of the DGFiP (open-data §2.1)."""
_EXEMPT = ("1000", "9220")
"""Natural persons and associations declare on other forms."""
_PUBLIC = ("7", "4")
_QUARTER = 3
_DAY = np.timedelta64(1, "D")


def extraction(batch: Batch) -> np.datetime64:
    """Day of the extraction that a batch would hold: the last day of a quarter."""
    return np.datetime64(first_day(np.array([batch.rank // _QUARTER * _QUARTER]))[0] - _DAY)


def is_delivered(batch: Batch) -> bool:
    """Whether a batch delivers an extraction: the first one, then each that follows a new one."""
    return batch.after is None or bool(extraction(Batch(batch.after)) < extraction(batch))


def declarations(part: Part, batch: Batch) -> pa.Table:
    """Rows of `dgfip_liasses.csv`: the exercices declared since the extraction before, all of them in the first one."""
    liasses = part.annual.liasses
    declared, day = declared_on(part)
    to_deliver = declared & (day <= extraction(batch)) & (liasses.close >= FIRST)
    if batch.after is not None:
        to_deliver &= day > extraction(Batch(batch.after))
    rows = np.flatnonzero(to_deliver)
    company = liasses.company[rows]
    closed = closing_day(liasses.close[rows])
    started = first_day(liasses.close[rows] + 1 - liasses.months[rows])
    number = (part.employers.rank[company] * 32 + liasses.rank[rows]) + 100_000_000
    invested = _invested(liasses)[rows]
    cells = {code: values[rows] for code, values in liasses.cells.items()}
    return pa.table(
        {
            "siren": pa.array(part.employers.siren[company]),
            "date_deb_exercice": pa.array(started),
            "date_fin_exercice": pa.array(closed),
            "no_ocfi": pa.array(number.astype(str)),
            "annee_exercice": pa.array(2004 + liasses.close[rows] // 12),
            **{name: pa.array(amount) for name, amount in amounts(cells).items()},
            **{name: pa.array(ratio, from_pandas=True) for name, ratio in ratios(cells, liasses.months[rows]).items()},
            "rto_invest_ca": pa.array(_over(invested, cells["FL"], 1), from_pandas=True),
            "d_dvs_376_nbr_pers": pa.array(cells["YP"].astype(float)),
        }
    )


def declared_on(part: Part) -> tuple[Bools, Dates]:
    """Whether each exercice is declared to the DGFiP, and when; amounts do not depend on what is withheld."""
    liasses, parameters, rng = part.annual.liasses, part.parameters.tax, part.rng("tax returns")
    forms = part.identities.form.to_numpy(zero_copy_only=False)
    public = np.isin([str(form)[:1] for form in forms], _PUBLIC)
    declares = (~np.isin(forms, _EXEMPT) & ~public)[liasses.company]
    draws = rng.random(liasses.count)
    mean, spread = parameters.declared_days
    by_strain, in_crisis = parameters.late_days
    late = np.maximum(by_strain * liasses.strain, 0) + in_crisis * liasses.crisis
    days = mean + spread * rng.standard_normal(liasses.count) + rng.exponential(1 + late)
    day = closing_day(liasses.close) + np.clip(days, 60, 700).astype("timedelta64[D]")
    return np.asarray(declares & (draws < parameters.declared)), np.asarray(day)


def amounts(cells: Cells) -> Cells:
    """The amounts of the lake, in euros."""
    simple = simplified(cells)
    value_added = cells["FL"] - sum(cells[code] for code in ("FS", "FT", "FU", "FV", "FW"))
    stocks_and_customers = cells["BT"] + cells["BL"] + cells["BX"] - cells["BY"]
    others, suppliers, other_debts = cells["BZ"] + cells["CH"], cells["DX"] + cells["DY"], cells["EA"]
    cash = cells["CF"] + cells["CD"]
    return {
        "mnt_af_ca": cells["FL"],
        "mnt_af_sig_ebe_ret": value_added + cells["FO"] - cells["FX"] - cells["FY"] - cells["FZ"],
        "mnt_af_sig_va_ret": value_added,
        "mnt_af_endettement_net": cells["DU"] + cells["DV"] - cash,
        "mnt_af_bfonc_actif_circ_expl": stocks_and_customers,
        "mnt_af_bfonc_actif_circ_h_expl": others,
        "mnt_af_bfonc_passif_circ_expl": suppliers,
        "mnt_af_bfonc_passif_circ_h_expl": other_debts,
        "mnt_af_bfonc_bfr": stocks_and_customers + others - suppliers - other_debts,
        "mnt_af_bfonc_tresorerie": cash - cells["EH"],
        "d_cr_250": simple["250"],
        "d_cr_252": simple["252"],
        "d_cr_260": cells["GD"],
        "d_passf_120_k": simple["120"],
        "d_passf_142_k_propres": simple["142"],
        "d_actf_stk_march_net": cells["BT"],
        "d_actf_stk_mat1e_net": cells["BL"],
    }


def ratios(cells: Cells, months: Ints) -> dict[str, Reals]:
    """The ratios of the lake; NaN when the divisor is zero."""
    amount = amounts(cells)
    yearly = amount["mnt_af_ca"] * 12 / months
    bought = (cells["FS"] + cells["FU"] + cells["FW"]) * 12 / months
    caf = cells["HN"] + cells["GA"] + cells["GC"] + cells["GD"] - cells["FP"]
    current = cells["CJ"] - cells["CK"]
    return {
        "rto_6": _over(caf, cells["FL"], 100),
        "rto_56": _over(current - cells["BT"] - cells["BL"], cells["EG"], 100),
        "nbr_af_jours_creance_cli": _over(cells["BX"] - cells["BY"], yearly, 360),
        "nbr_af_jours_reglt_fourn": _over(cells["DX"], bought, 360),
        "rto_af_endettement_a_terme": _over(cells["DL"], cells["EC"] - cells["EG"], 1),
        "rto_af_rent_eco": _over(amount["mnt_af_sig_ebe_ret"], cells["DL"] + cells["DU"] + cells["DV"], 1),
        "rto_af_solidite_financiere": _over(cells["DL"], cells["EE"], 1),
    }


def _invested(liasses: Liasses) -> Ints:
    """By how much tangible assets grew since the previous exercice; zero if they fell, or in the first one."""
    gross = liasses.cells["AP"] + liasses.cells["AR"] + liasses.cells["AT"]
    grown = np.maximum(gross - np.r_[0, gross[:-1]], 0)
    return np.where(np.r_[False, liasses.company[1:] == liasses.company[:-1]], grown, 0)


def _over(amount: Reals | Ints, divisor: Reals | Ints, scale: float) -> Reals:
    return np.asarray(np.round(amount * scale / np.where(divisor > 0, divisor, np.nan), 3))
