"""How the DGEFP transmits its files, which are not public."""

from signaux_faibles.sources.origin import NATIONAL_CONVENTION, PARTNER_UPLOAD, Transmission

MONTHLY = Transmission(NATIONAL_CONVENTION, PARTNER_UPLOAD, rhythm="every month, the whole history each time")
