"""The columns of the real files, in order, including those that the reader ignores (import-chain §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from signaux_faibles.sources.altares.paydex import PAYDEX
from signaux_faibles.sources.contract import Column, Contract
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.dgefp.apdemande import APDEMANDE
from signaux_faibles.sources.fiscal.liasse_dgfip import LIASSE_DGFIP
from signaux_faibles.sources.fiscal.rar_dgfip import RAR_DGFIP
from signaux_faibles.sources.fiscal.ratios_bdf import RATIOS_BDF
from signaux_faibles.sources.fiscal.tva_dgfip import TVA_DGFIP
from signaux_faibles.sources.inpi.ratios_inpi_bce import RATIOS_INPI_BCE
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_histo import SIRENE_HISTO
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.sources.urssaf.ccsf import CCSF
from signaux_faibles.sources.urssaf.cotisation import COTISATION
from signaux_faibles.sources.urssaf.debit import DEBIT
from signaux_faibles.sources.urssaf.delai import DELAI
from signaux_faibles.sources.urssaf.effectif import EFFECTIF
from signaux_faibles.sources.urssaf.effectif_ent import EFFECTIF_ENT
from signaux_faibles.sources.urssaf.procol import PROCOL


@dataclass(frozen=True)
class Layout:
    """How a type is delivered.

    Attributes:
        contract: what the reader expects.
        headers: the headers before the months, if it has months.
        last_headers: the headers after the months.
        quoted: headers whose values are always between quotes; if there are any, all headers are.
    """

    contract: Contract
    headers: tuple[str, ...]
    last_headers: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Name under which the type is delivered: the first one of the contract."""
        return self.contract.files.exact[0]

    def column(self, header: str) -> Column | None:
        """The column of the contract that reads a header."""
        same = (c for c in self.contract.columns if c.header is not None and c.header.lower() == header.lower())
        return next(same, None)


MARK = "\ufeff"
"""Byte order mark."""
OLD_HEADERS = {"chiffre_d_affaires": "Chiffre_d_affaires", "resultat_net": "Resultat_net"}
"""Headers of the ratios that older editions spell differently (open-data §2.6)."""


NAF25 = "activitePrincipaleNAF25"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _after(headers: tuple[str, ...], name: str, added: str) -> tuple[str, ...]:
    place = headers.index(name) + 1
    return (*headers[:place], added, *headers[place:])


def _headers_of(contract: Contract) -> tuple[str, ...]:
    return tuple(column.header for column in contract.columns if column.header)


_ADDRESS = """
    complementAdresse{0}Etablissement numeroVoie{0}Etablissement indiceRepetition{0}Etablissement
    typeVoie{0}Etablissement libelleVoie{0}Etablissement codePostal{0}Etablissement libelleCommune{0}Etablissement
    libelleCommuneEtranger{0}Etablissement distributionSpeciale{0}Etablissement codeCommune{0}Etablissement
    codeCedex{0}Etablissement libelleCedex{0}Etablissement codePaysEtranger{0}Etablissement
    libellePaysEtranger{0}Etablissement
"""

ESTABLISHMENTS = Layout(
    SIRENE,
    _words("""
        siren nic siret statutDiffusionEtablissement dateCreationEtablissement trancheEffectifsEtablissement
        anneeEffectifsEtablissement activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement
        etablissementSiege nombrePeriodesEtablissement
    """)
    + _words(_ADDRESS.format(""))
    + _words(_ADDRESS.format("2"))
    + _words("""
        dateDebut etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement enseigne3Etablissement
        denominationUsuelleEtablissement activitePrincipaleEtablissement nomenclatureActivitePrincipaleEtablissement
        caractereEmployeurEtablissement longitude latitude geo_score geo_type geo_adresse geo_id geo_ligne geo_l4 geo_l5
    """),
)
"""Layout of 57 columns, that of the geocoded files until 2023 and of the samples."""

ESTABLISHMENTS_IN_BOTH = replace(
    ESTABLISHMENTS, headers=_after(ESTABLISHMENTS.headers, "caractereEmployeurEtablissement", f"{NAF25}Etablissement")
)
"""The layout of the files that hold both codes of activity."""

LEGAL_UNITS = Layout(
    SIRENE_UL,
    _words("""
        siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale sigleUniteLegale sexeUniteLegale
        prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale prenom4UniteLegale prenomUsuelUniteLegale
        pseudonymeUniteLegale identifiantAssociationUniteLegale trancheEffectifsUniteLegale anneeEffectifsUniteLegale
        dateDernierTraitementUniteLegale nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise
        dateDebut etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale denominationUniteLegale
        denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale denominationUsuelle3UniteLegale
        categorieJuridiqueUniteLegale activitePrincipaleUniteLegale nomenclatureActivitePrincipaleUniteLegale
        activitePrincipaleNAF25UniteLegale nicSiegeUniteLegale economieSocialeSolidaireUniteLegale
        caractereEmployeurUniteLegale
    """),
)

LEGAL_UNITS_IN_2025_ALONE = replace(
    LEGAL_UNITS, headers=tuple(name for name in LEGAL_UNITS.headers if name != f"{NAF25}UniteLegale")
)
"""From January 2027, the NAF 2025 code becomes the main one and its own column is withdrawn."""

HISTORY = Layout(
    SIRENE_HISTO,
    _words("""
        siren nic siret dateFin dateDebut etatAdministratifEtablissement changementEtatAdministratifEtablissement
        enseigne1Etablissement enseigne2Etablissement enseigne3Etablissement changementEnseigneEtablissement
        denominationUsuelleEtablissement changementDenominationUsuelleEtablissement activitePrincipaleEtablissement
        nomenclatureActivitePrincipaleEtablissement changementActivitePrincipaleEtablissement
        caractereEmployeurEtablissement changementCaractereEmployeurEtablissement
    """),
)

HEADCOUNTS_OF_COMPANIES = Layout(EFFECTIF_ENT, ("siren",), ("rais_soc",))

HEADCOUNTS = Layout(EFFECTIF, _words("compte siret rais_soc ape_ins dep"), _words("base UR_EMET"))

CONTRIBUTIONS = Layout(COTISATION, _words("Urssaf_gestion Dep Siret Compte periode mer enc_direct cotis_due"))

DEBTS = Layout(
    DEBIT,
    _words("""
        Urssaf_gestion Dep num_cpte Siren Siret Dt_immat Etat_cpte Cd_pro_col Periode Num_Ecn Num_Hist_Ecn Dt_trt_ecn
        Mt_PO Mt_PP Cd_op_ecn Motif_ecn Recours_en_cours
    """),
)

PAYMENT_PLANS = Layout(
    DELAI,
    _words("""
        Urssaf_gestion Dep Siret Numero_compte_externe Numero_structure Date_creation Date_echeance Duree_delai
        Denomination_premiere_ligne Indic_6M Annee_creation Montant_global_echeancier Code_externe_stade
        Code_externe_action
    """),
)

JOINT_PLANS = Layout(
    CCSF, _words("Urssaf_gestion Dep Siret Compte Date_de_traitement Code_externe_stade Code_externe_action")
)

PROCEDURES = Layout(PROCOL, _words("Siret Siren Dt_effet Cat_v2 Lib_actx_stdx"))

DEMANDS = Layout(
    APDEMANDE,
    _words("""
        ID_DA ETAB_SIRET EFF_ENT EFF_ETAB DATE_STATUT DATE_DEB DATE_FIN HTA MTA EFF_AUTO MOTIF_RECOURS_SE PERIMETRE_AP
        S_HEURE_CONSOM_TOT S_EFF_CONSOM_TOT S_MONTANT_CONSOM_TOT RECOURS_ANTERIEUR
    """),
    quoted=_words("ID_DA ETAB_SIRET DATE_STATUT DATE_DEB DATE_FIN MOTIF_RECOURS_SE PERIMETRE_AP RECOURS_ANTERIEUR"),
)

CONSUMPTIONS = Layout(
    APCONSO,
    _words("ID_DA ETAB_SIRET HEURES MONTANTS EFFECTIFS MOIS"),
    quoted=_words("ID_DA ETAB_SIRET MOIS"),
)

RATIOS = Layout(
    RATIOS_INPI_BCE,
    (
        MARK + "siren",
        *_words("""
            date_cloture_exercice chiffre_d_affaires marge_brute ebe ebit resultat_net taux_d_endettement
            ratio_de_liquidite ratio_de_vetuste autonomie_financiere poids_bfr_exploitation_sur_ca
            couverture_des_interets caf_sur_ca capacite_de_remboursement marge_ebe resultat_courant_avant_impots_sur_ca
            poids_bfr_exploitation_sur_ca_jours rotation_des_stocks_jours credit_clients_jours
            credit_fournisseurs_jours type_bilan confidentiality
        """),
    ),
)
"""The header of the true file, and its byte order mark."""

OLD_RATIOS = Layout(RATIOS_INPI_BCE, tuple(OLD_HEADERS.get(header, header) for header in RATIOS.headers))

TAX_RETURNS = Layout(LIASSE_DGFIP, _headers_of(LIASSE_DGFIP))

ARREARS = Layout(RAR_DGFIP, _headers_of(RAR_DGFIP))

VAT = Layout(TVA_DGFIP, _headers_of(TVA_DGFIP))

BANK_RATIOS = Layout(RATIOS_BDF, _headers_of(RATIOS_BDF))
"""No public source gives the order of the columns of these four, so they have that of their contract."""

SUPPLIERS = Layout(
    PAYDEX,
    _words("""
        siren état_organisation code_paydex nbr_jrs_retard nbr_fournisseurs encours_étudiés note_100_alerteur_plus_30
        note_100_alerteur_plus_90_jours date_valeur
    """),
)
"""In the order in which the first generation of the service received them (first-generation §1.18)."""
