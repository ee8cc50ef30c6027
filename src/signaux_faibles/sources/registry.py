"""Every file type that the chain reads."""

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.debit import DEBIT
from signaux_faibles.sources.effectif_ent import EFFECTIF_ENT
from signaux_faibles.sources.procol import PROCOL
from signaux_faibles.sources.sirene import SIRENE
from signaux_faibles.sources.sirene_ul import SIRENE_UL

CONTRACTS: dict[str, Contract] = {
    contract.name: contract for contract in (SIRENE, SIRENE_UL, EFFECTIF_ENT, DEBIT, PROCOL)
}
"""In the order in which a run reads them."""
