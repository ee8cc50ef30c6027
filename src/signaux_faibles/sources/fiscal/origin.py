"""How the DGFiP and the Banque de France would transmit their files, which are not public (open-data §2.1)."""

from signaux_faibles.sources.origin import NATIONAL_CONVENTION, Transmission

_SECRECY = "tax secrecy: agents of the DGFiP only (open-data §2.1)"
_LAKE = "an extraction of the data lake of the DGFiP; no public document describes how it would be delivered"

QUARTERLY = Transmission(_SECRECY, _LAKE, rhythm="every quarter")
UNKNOWN_RHYTHM = Transmission(_SECRECY, _LAKE, rhythm="not documented")
BANK_YEARLY = Transmission(
    NATIONAL_CONVENTION,
    channel="no public document describes it",
    rhythm="every year, around September of the next one (model §1.1)",
)
