"""The words with which the open files of annual accounts say what is withheld (open-data §2.6, §2.8)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from signaux_faibles.fictitious.people.identifiers import Texts
from signaux_faibles.fictitious.people.population import Bools

PUBLIC = "Public"
PARTLY, BY_THE_RAPCAC, SIMPLIFIED = (
    "Partiellement confidentiel", "Partiellement confidentiel (RAPCAC)", "Publication simplifiee",
)  # fmt: skip
_WORDS = pa.array([PUBLIC, PARTLY, BY_THE_RAPCAC, SIMPLIFIED])
_BY_THE_RAPCAC, _SIMPLIFIED = 32, 34
"""Of a thousand filings partly withheld, those below the first bound have the second word, the next ones the third [D]:
the real file has 50,273 and 2,178 of them, for some 1,500,000 of the first."""


def confidentiality(siren: Texts, withheld: Bools) -> pa.Array:
    """The word of each filing, the same for all those of a company that withholds its profit and loss account."""
    draw = siren.astype(np.int64) // 10 % 1000
    word = np.where(draw < _BY_THE_RAPCAC, 2, np.where(draw < _SIMPLIFIED, 3, 1))
    return _WORDS.take(pa.array(np.where(withheld, word, 0)))
