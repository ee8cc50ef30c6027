"""Every file type that the chain reads."""

from signaux_faibles.sources.apconso import APCONSO
from signaux_faibles.sources.apdemande import APDEMANDE
from signaux_faibles.sources.bodacc import BODACC
from signaux_faibles.sources.ccsf import CCSF
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.cotisation import COTISATION
from signaux_faibles.sources.debit import DEBIT
from signaux_faibles.sources.delai import DELAI
from signaux_faibles.sources.detail_bilan import DETAIL_BILAN
from signaux_faibles.sources.effectif import EFFECTIF
from signaux_faibles.sources.effectif_ent import EFFECTIF_ENT
from signaux_faibles.sources.filter import FILTER
from signaux_faibles.sources.inpi import INPI
from signaux_faibles.sources.inpi_json import INPI_JSON
from signaux_faibles.sources.liasse_dgfip import LIASSE_DGFIP
from signaux_faibles.sources.paydex import PAYDEX
from signaux_faibles.sources.procol import PROCOL
from signaux_faibles.sources.rar_dgfip import RAR_DGFIP
from signaux_faibles.sources.ratios_bdf import RATIOS_BDF
from signaux_faibles.sources.ratios_inpi_bce import RATIOS_INPI_BCE
from signaux_faibles.sources.ratios_inpi_bce_sectors import RATIOS_INPI_BCE_SECTORS
from signaux_faibles.sources.rne import RNE
from signaux_faibles.sources.sirene import SIRENE
from signaux_faibles.sources.sirene_histo import SIRENE_HISTO
from signaux_faibles.sources.sirene_ul import SIRENE_UL
from signaux_faibles.sources.tva_dgfip import TVA_DGFIP

CONTRACTS: dict[str, Contract] = {
    contract.name: contract
    for contract in (
        SIRENE,
        SIRENE_UL,
        SIRENE_HISTO,
        FILTER,
        EFFECTIF_ENT,
        EFFECTIF,
        COTISATION,
        DEBIT,
        DELAI,
        CCSF,
        PROCOL,
        BODACC,
        APDEMANDE,
        APCONSO,
        PAYDEX,
        INPI,
        INPI_JSON,
        DETAIL_BILAN,
        RATIOS_INPI_BCE,
        RATIOS_INPI_BCE_SECTORS,
        RNE,
        LIASSE_DGFIP,
        RAR_DGFIP,
        TVA_DGFIP,
        RATIOS_BDF,
    )
}
"""By name, in the order in which a run reads them."""
