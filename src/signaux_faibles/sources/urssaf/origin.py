"""How Urssaf transmits its files, which are not public."""

from signaux_faibles.sources.contract import Extraction
from signaux_faibles.sources.origin import NATIONAL_CONVENTION, PARTNER_UPLOAD, Transmission

MONTHLY = Transmission(
    NATIONAL_CONVENTION, PARTNER_UPLOAD, rhythm="every month, around the 20th, for the previous month"
)
HEADCOUNTS = Transmission(
    NATIONAL_CONVENTION, PARTNER_UPLOAD, rhythm="every three to six months, for a month that may be six months past"
)

EXTRACTION_OF_HEADCOUNTS = Extraction(every=3, behind=3)
"""The shortest delay that Urssaf announces, three months: an estimate that our first delivery corrects."""
