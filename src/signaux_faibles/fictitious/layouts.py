"""The columns of the true files, all of them and in their order, those that the reader ignores too (import-chain §5)."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.sources.contract import Column, Contract
from signaux_faibles.sources.debit import DEBIT
from signaux_faibles.sources.effectif_ent import EFFECTIF_ENT
from signaux_faibles.sources.procol import PROCOL
from signaux_faibles.sources.sirene import SIRENE
from signaux_faibles.sources.sirene_ul import SIRENE_UL


@dataclass(frozen=True)
class Layout:
    """How a type is delivered.

    Attributes:
        contract: what the reader expects.
        headers: the headers before the months, if it has months.
        last_headers: the headers after the months.
        file: name of the file; by default the first one of the contract.
        quoted: headers whose values, and all headers, are always between quotes.
    """

    contract: Contract
    headers: tuple[str, ...]
    last_headers: tuple[str, ...] = ()
    file: str = ""
    quoted: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Name under which the type is delivered."""
        return self.file or self.contract.files.exact[0]

    def column(self, header: str) -> Column | None:
        """The column of the contract that reads a header."""
        same = (c for c in self.contract.columns if c.header is not None and c.header.lower() == header.lower())
        return next(same, None)


_ADDRESS = (
    "complementAdresse{0}Etablissement numeroVoie{0}Etablissement indiceRepetition{0}Etablissement "
    "typeVoie{0}Etablissement libelleVoie{0}Etablissement codePostal{0}Etablissement libelleCommune{0}Etablissement "
    "libelleCommuneEtranger{0}Etablissement distributionSpeciale{0}Etablissement codeCommune{0}Etablissement "
    "codeCedex{0}Etablissement libelleCedex{0}Etablissement codePaysEtranger{0}Etablissement "
    "libellePaysEtranger{0}Etablissement "
)

ESTABLISHMENTS = Layout(
    SIRENE,
    tuple(
        (
            "siren nic siret statutDiffusionEtablissement dateCreationEtablissement trancheEffectifsEtablissement "
            "anneeEffectifsEtablissement activitePrincipaleRegistreMetiersEtablissement "
            "dateDernierTraitementEtablissement etablissementSiege nombrePeriodesEtablissement "
            + _ADDRESS.format("")
            + _ADDRESS.format("2")
            + "dateDebut etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement "
            "enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement "
            "nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement longitude latitude geo_score "
            "geo_type geo_adresse geo_id geo_ligne geo_l4 geo_l5"
        ).split()
    ),
)
"""Layout of 57 columns, that of the geocoded files until 2023 and of the samples."""

LEGAL_UNITS = Layout(
    SIRENE_UL,
    tuple(
        ["siren", "statutDiffusionUniteLegale", "unitePurgeeUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale", "sexeUniteLegale", "prenom1UniteLegale", "prenom2UniteLegale", "prenom3UniteLegale", "prenom4UniteLegale", "prenomUsuelUniteLegale", "pseudonymeUniteLegale", "identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale", "dateDernierTraitementUniteLegale", "nombrePeriodesUniteLegale", "categorieEntreprise", "anneeCategorieEntreprise", "dateDebut", "etatAdministratifUniteLegale", "nomUniteLegale", "nomUsageUniteLegale", "denominationUniteLegale", "denominationUsuelle1UniteLegale", "denominationUsuelle2UniteLegale", "denominationUsuelle3UniteLegale", "categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale", "activitePrincipaleNAF25UniteLegale", "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale", "caractereEmployeurUniteLegale"]
    ),
)

HEADCOUNTS_OF_COMPANIES = Layout(EFFECTIF_ENT, ("siren",), ("rais_soc",))

DEBTS = Layout(
    DEBIT,
    tuple(
        ["Urssaf_gestion", "Dep", "num_cpte", "Siren", "Siret", "Dt_immat", "Etat_cpte", "Cd_pro_col", "Periode", "Num_Ecn", "Num_Hist_Ecn", "Dt_trt_ecn", "Mt_PO", "Mt_PP", "Cd_op_ecn", "Motif_ecn", "Recours_en_cours"]
    ),
)

PROCEDURES = Layout(PROCOL, ("Siret", "Siren", "Dt_effet", "Cat_v2", "Lib_actx_stdx"))
