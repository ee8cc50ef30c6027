"""Ratios of the Banque de France, `bdf_ratios.csv`: those of a year come in September of the next one (model §1.1)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.fictitious.books.filings import closing_day
from signaux_faibles.fictitious.files.tax_returns import declared_on
from signaux_faibles.fictitious.months import FIRST_YEAR, Batch, month
from signaux_faibles.fictitious.part import Part

FIRST = month(2014, 1)
_SEPTEMBER = 8
_SECTORS = (
    "Agriculture", "Industrie", "Construction", "Commerce", "Transports et entreposage", "Hébergement et restauration",
    "Information et communication", "Activités financières", "Activités immobilières", "Soutien aux entreprises",
    "Enseignement, santé, services aux ménages",
)  # fmt: skip
"""In the order of `sectors.SECTORS`."""


def edition(batch: Batch) -> int:
    """Month of the last edition: September."""
    return (batch.rank - _SEPTEMBER) // 12 * 12 + _SEPTEMBER


def is_delivered(batch: Batch) -> bool:
    """Whether a batch delivers the file: the first one, then each that follows an edition."""
    return batch.after is None or edition(Batch(batch.after)) < edition(batch)


def ratios(part: Part, batch: Batch) -> pa.Table:
    """Rows of the file: the exercices closed before the year of the edition, of companies that the bank follows."""
    liasses, parameters = part.annual.liasses, part.parameters.bank
    rng = part.rng("bank ratios")
    followed = (rng.random(part.employers.count) < parameters.known)[liasses.company]
    cells, months = liasses.cells, liasses.months
    large = cells["FL"] * 12 / months >= parameters.least_turnover
    declares, _ = declared_on(part)
    end = edition(batch) - _SEPTEMBER
    rows = np.flatnonzero(followed & large & declares & (liasses.close >= FIRST) & (liasses.close < end))
    of_rows = {code: values[rows] for code, values in cells.items()}
    turnover = of_rows["FL"]
    value_added = turnover - sum(of_rows[code] for code in ("FS", "FT", "FU", "FV", "FW"))
    surplus = value_added + of_rows["FO"] - of_rows["FX"] - of_rows["FY"] - of_rows["FZ"]
    lasting = of_rows["DL"] + of_rows["DR"] + of_rows["EC"] - of_rows["EG"] - (of_rows["BJ"] - of_rows["BK"])
    bought = (of_rows["FS"] + of_rows["FU"] + of_rows["FW"]) * 12 / months[rows]
    sector = part.employers.sector[liasses.company[rows]]
    return pa.table(
        {
            "siren": pa.array(part.employers.siren[liasses.company[rows]]),
            "annee_bdf": pa.array(FIRST_YEAR + liasses.close[rows] // 12),
            "arrete_bilan_bdf": pa.array(closing_day(liasses.close[rows])),
            "poids_frng": _ratio(lasting, turnover * 12 / months[rows]),
            "taux_marge": _ratio(surplus, value_added),
            "delai_fournisseur": _ratio(of_rows["DX"] * 3.6, bought),
            "dette_fiscale": _ratio(of_rows["DY"], value_added * 12 / months[rows]),
            "financier_court_terme": _ratio(of_rows["EH"], turnover * 12 / months[rows]),
            "frais_financier": _ratio(of_rows["GU"], surplus),
            "secteur": pa.array(_SECTORS).take(pa.array(sector)),
        }
    )


def _ratio(amount: npt.NDArray[np.number], divisor: npt.NDArray[np.number]) -> pa.Array:
    """A percentage; unknown when the divisor is zero."""
    quotient = np.round(100 * amount / np.where(divisor > 0, divisor, np.nan), 2)
    return pa.array(quotient, from_pandas=True)
