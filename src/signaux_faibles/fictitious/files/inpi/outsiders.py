"""Companies without employees: our SIRENE holds few of those of the real country, and most withhold their accounts.

They make up most of what INPI delivers: three documents in five are theirs or those of the smallest employers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from signaux_faibles.fictitious.books.exercices import MOST
from signaux_faibles.fictitious.books.filings import WHOLLY_WITHHELD_SINCE, BilanType, Filings
from signaux_faibles.fictitious.files.inpi.filing_documents import FilingDocument, identities
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.identifiers import outsider_siren

_HOLDING = "6420Z"
_FIRST_NUMBER = 500_000_000
"""First number of their filings, greater than those of employers."""


def outsiders(part: Part, filings: Filings) -> Iterator[FilingDocument]:
    """Filings of companies that own employers: on the same day and at the same greffe, wholly withheld."""
    sample = filings.at(
        ~filings.amended & (filings.form != BilanType.CONSOLIDATED) & (filings.day >= WHOLLY_WITHHELD_SINCE)
    )
    share = part.parameters.filing.of_companies_without_employees
    rank = part.employers.rank[part.annual.liasses.company[sample.liasse]]
    first, beyond = (np.floor(share * (rank + after)).astype(np.int64) for after in (0, 1))
    exercices = part.annual.liasses.rank[sample.liasse].tolist()
    bounds = zip(first.tolist(), beyond.tolist(), strict=True)
    for identity, exercice, numbers in zip(identities(part, sample), exercices, bounds, strict=True):
        owners = np.arange(*numbers)
        for number, siren in zip(owners.tolist(), outsider_siren(owners).tolist(), strict=True):
            own = {
                "siren": str(siren),
                "num_depot": f"B{identity['date_depot'][:4]}/{_FIRST_NUMBER + number * MOST + exercice:09d}",
                "num_gestion": f"{identity['num_gestion'][:5]}{number % 100_000:05d}",
                "code_activite": _HOLDING,
                "code_motif": "00",
                "code_type_bilan": "S",
                "code_confidentialite": "1",
                "denomination": f"FINANCIERE {identity['denomination']}",
            }
            yield FilingDocument(identity | own, {})
