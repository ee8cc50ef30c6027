"""Every file type that the chain reads."""

from signaux_faibles.sources.altares.paydex import PAYDEX
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.dgefp.apdemande import APDEMANDE
from signaux_faibles.sources.fiscal.liasse_dgfip import LIASSE_DGFIP
from signaux_faibles.sources.fiscal.rar_dgfip import RAR_DGFIP
from signaux_faibles.sources.fiscal.ratios_bdf import RATIOS_BDF
from signaux_faibles.sources.fiscal.tva_dgfip import TVA_DGFIP
from signaux_faibles.sources.inpi.detail_bilan import DETAIL_BILAN
from signaux_faibles.sources.inpi.inpi import INPI
from signaux_faibles.sources.inpi.inpi_json import INPI_JSON
from signaux_faibles.sources.inpi.ratios_inpi_bce import RATIOS_INPI_BCE
from signaux_faibles.sources.inpi.ratios_inpi_bce_sectors import RATIOS_INPI_BCE_SECTORS
from signaux_faibles.sources.inpi.rne import RNE
from signaux_faibles.sources.insee.correspondance_naf import CORRESPONDANCE_NAF
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_histo import SIRENE_HISTO
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.sources.product.expositions import EXPOSITIONS
from signaux_faibles.sources.product.filter import FILTER
from signaux_faibles.sources.product.interventions import INTERVENTIONS
from signaux_faibles.sources.product.votes import VOTES
from signaux_faibles.sources.urssaf.ccsf import CCSF
from signaux_faibles.sources.urssaf.cotisation import COTISATION
from signaux_faibles.sources.urssaf.debit import DEBIT
from signaux_faibles.sources.urssaf.delai import DELAI
from signaux_faibles.sources.urssaf.effectif import EFFECTIF
from signaux_faibles.sources.urssaf.effectif_ent import EFFECTIF_ENT
from signaux_faibles.sources.urssaf.procol import PROCOL

CONTRACTS: dict[str, Contract] = {
    contract.name: contract
    for contract in (
        SIRENE,
        SIRENE_UL,
        SIRENE_HISTO,
        CORRESPONDANCE_NAF,
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
        INTERVENTIONS,
        EXPOSITIONS,
        VOTES,
    )
}
"""By name, in the order in which a run reads them."""
