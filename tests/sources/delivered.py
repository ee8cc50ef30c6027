"""A valid record of each type, to be changed field by field, and the reading of what a test delivers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from signaux_faibles.sources.errors import Reject
from signaux_faibles.sources.reading.file_reader import FileReader, Reading
from signaux_faibles.sources.registry import CONTRACTS

DATA = Path(__file__).parent / "data"
SIRET, SIREN = "10000000100001", "100000001"

VALID: dict[str, dict[str, str]] = {
    "apconso": {
        "ID_DA": "d363954866", "ETAB_SIRET": SIRET, "HEURES": "311.54", "MONTANTS": "214.0", "EFFECTIFS": "2.0",
        "MOIS": "2020-03-01",
    },
    "apdemande": {
        "ID_DA": "f288626887", "ETAB_SIRET": SIRET, "EFF_ENT": "559.0", "EFF_ETAB": "12.0",
        "DATE_STATUT": "2020-02-11", "DATE_DEB": "2020-03-01", "DATE_FIN": "2020-04-30", "HTA": "303.34",
        "MTA": "1000.50", "EFF_AUTO": "9.0", "MOTIF_RECOURS_SE": "1", "PERIMETRE_AP": "2",
        "S_HEURE_CONSOM_TOT": "81.0", "S_EFF_CONSOM_TOT": "8", "S_MONTANT_CONSOM_TOT": "820.94",
    },
    "cotisation": {
        "Urssaf_gestion": "117", "Dep": "75", "Siret": SIRET, "Compte": "636043216536562844", "periode": "202012",
        "mer": "5", "enc_direct": "10,5", "cotis_due": "20,25",
    },
    "correspondance_naf": {
        "Sous-classes NAF rév. 2 – codes": "6202A", "Sous-classes NAF 2025 – codes": "62.20G",
        "Type de correspondance": "Unique",
    },
    "debit": {
        "Urssaf_gestion": "117", "Dep": "75", "num_cpte": "636043216536562844", "Siren": SIREN, "Siret": SIRET,
        "Dt_immat": "20150708", "Etat_cpte": "1", "Cd_pro_col": "0", "Periode": "201712", "Num_Ecn": "101",
        "Num_Hist_Ecn": "1", "Dt_trt_ecn": "1200320", "Mt_PO": "100", "Mt_PP": "250", "Cd_op_ecn": "1",
        "Motif_ecn": "2", "Recours_en_cours": "0",
    },
    "delai": {
        "Urssaf_gestion": "117", "Dep": "75", "Siret": SIRET, "Numero_compte_externe": "636043216536562844",
        "Numero_structure": "5856690802766", "Date_creation": "24/03/2021", "Date_echeance": "28/09/2021",
        "Duree_delai": "188", "Denomination_premiere_ligne": "SOCIETE X", "Indic_6M": "SUP", "Annee_creation": "2021",
        "Montant_global_echeancier": "5697.00", "Code_externe_stade": "APPROB", "Code_externe_action": "SUR PO",
    },
    "ccsf": {
        "Urssaf_gestion": "117", "Dep": "75", "Siret": SIRET, "Compte": "636043216536562844",
        "Date_de_traitement": "1180130", "Code_externe_stade": "DEBUT", "Code_externe_action": "CCSF",
    },
    "procol": {
        "Siret": SIRET, "Siren": SIREN, "Dt_effet": "24FEB2014", "Cat_v2": "1",
        "Lib_actx_stdx": "Redressement_Ouverture",
    },
    "bodacc": {
        "id": "A200902491993", "dateparution": "2009-12-27", "registre": SIREN,
        "typeavis": "annonce", "familleavis": "collective", "parution": "20090249", "numeroannonce": "1993",
        "jugement": "{}", "parutionavisprecedent": "", "tribunal": "TRIBUNAL DE COMMERCE DE SEDAN",
    },
    "effectif": {
        "compte": "951406823818346903", "siret": SIRET, "rais_soc": "SOCIETE X", "ape_ins": "6202A", "dep": "75",
        "eff201011": "12", "eff201012": "13", "base": "116", "UR_EMET": "117",
    },
    "effectif_ent": {"siren": SIREN, "eff201011": "12", "eff201012": "13", "rais_soc": "SOCIETE X"},
    "sirene": {
        "siren": SIREN, "nic": "00001", "siret": SIRET, "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": "2010-05-17", "etablissementSiege": "true", "complementAdresseEtablissement": "",
        "numeroVoieEtablissement": "12", "indiceRepetitionEtablissement": "B", "typeVoieEtablissement": "AV",
        "libelleVoieEtablissement": "DE LA PAIX", "codePostalEtablissement": "75002",
        "libelleCommuneEtablissement": "PARIS 2", "libelleCommuneEtrangerEtablissement": "",
        "distributionSpecialeEtablissement": "", "codeCommuneEtablissement": "75102", "codeCedexEtablissement": "",
        "libelleCedexEtablissement": "", "codePaysEtrangerEtablissement": "", "libellePaysEtrangerEtablissement": "",
        "etatAdministratifEtablissement": "A", "activitePrincipaleEtablissement": "62.02A",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2", "longitude": "2.33", "latitude": "48.86",
    },
    "sirene_ul": {
        "siren": SIREN, "statutDiffusionUniteLegale": "O", "dateCreationUniteLegale": "2010-05-17",
        "prenom1UniteLegale": "", "prenom2UniteLegale": "", "prenom3UniteLegale": "", "prenom4UniteLegale": "",
        "nomUniteLegale": "", "nomUsageUniteLegale": "", "denominationUniteLegale": "SOCIETE X",
        "categorieJuridiqueUniteLegale": "5499", "etatAdministratifUniteLegale": "A",
        "activitePrincipaleUniteLegale": "62.02A", "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "activitePrincipaleNAF25UniteLegale": "62.20J",
    },
    "sirene_histo": {
        "siren": SIREN, "nic": "00001", "siret": SIRET, "dateFin": "2009-05-26", "dateDebut": "2008-01-01",
        "etatAdministratifEtablissement": "A", "changementEtatAdministratifEtablissement": "false",
    },
    "filter": {"siren": SIREN},
    "paydex": {
        "siren": SIREN, "état_organisation": "Actif", "code_paydex": "074", "nbr_jrs_retard": "12",
        "nbr_fournisseurs": "8", "encours_étudiés": "10500,50", "note_100_alerteur_plus_30": "12.5",
        "note_100_alerteur_plus_90_jours": "3", "date_valeur": "2021-04-15",
    },
    "ratios_inpi_bce": {
        "siren": SIREN, "date_cloture_exercice": "2024-12-31", "Chiffre_d_affaires": "10418682",
        "marge_brute": "10418682", "ebe": "560326", "ebit": "246497", "Resultat_net": "-34645705",
        "taux_d_endettement": "229.975", "ratio_de_liquidite": "283.486", "ratio_de_vetuste": "1.458",
        "autonomie_financiere": "29.927", "poids_bfr_exploitation_sur_ca": "81.646",
        "couverture_des_interets": "24403.248", "caf_sur_ca": "641.355", "capacite_de_remboursement": "8.416",
        "marge_ebe": "5.378", "resultat_courant_avant_impots_sur_ca": "331.415",
        "poids_bfr_exploitation_sur_ca_jours": "293.926", "rotation_des_stocks_jours": "0.0",
        "credit_clients_jours": "95.18", "credit_fournisseurs_jours": "96.109", "type_bilan": "C",
        "confidentiality": "Public",
    },
    "ratios_inpi_bce_sectors": {
        "classe_naf": "6202A", "classe_ca": "<2M", "exercice": "2023", "cohorte": "1234",
        **{f"marge_ebe_{name}": text for name, text in zip(
            ("q10", "q25", "q50", "q75", "q90"), ("-5.5", "1", "6.25", "12", "30.1"), strict=True
        )},
    },
    "liasse_dgfip": {
        "siren": SIREN, "date_deb_exercice": "20230101", "date_fin_exercice": "2023-12-31", "no_ocfi": "12345678",
        "annee_exercice": "2023", "mnt_af_ca": "1250000", "mnt_af_sig_ebe_ret": "-1500,50", "rto_6": "3,25",
        "rto_56": "0.8", "d_dvs_376_nbr_pers": "12", "d_passf_142_k_propres": "30000",
    },
    "rar_dgfip": {
        "siren": SIREN, "date_situation": "2024-10-31", "nature_impot": "TVA", "date_exigibilite": "2024-03-24",
        "montant_initial": "10500,50", "montant_restant": "5250.25", "sursis": "false",
    },
    "tva_dgfip": {
        "siren": SIREN, "formulaire": "CA3", "date_debut_periode": "2024-09-01", "date_fin_periode": "2024-09-30",
        "date_depot": "2024-10-24", "numero_declaration": "N1", "chiffre_affaires": "100000", "tva_brute": "20000",
        "tva_deductible": "12000", "tva_nette": "8000", "credit_tva": "",
    },
    "ratios_bdf": {
        "siren": SIREN, "annee_bdf": "2023", "arrete_bilan_bdf": "2023-12-31", "poids_frng": "24,09",
        "taux_marge": "4,91", "delai_fournisseur": "47,03", "dette_fiscale": "6.26", "financier_court_terme": "0",
        "frais_financier": "0,38", "secteur": "Commerce",
    },
    "interventions": {
        "siret": SIRET, "numero": "A12", "nature": "DISPOSITIF", "libelle": "CCSF", "etat": "ACTIVE",
        "date_fait": "2026-01-05", "date_connue": "2026-01-06", "date_report": "", "agent": "0123456789abcdef",
        "administration": "DGFIP", "administrations_referents": "DGFIP URSSAF", "liste": "3", "importe": "0",
    },
    "expositions": {
        "siren": SIREN, "agent": "0123456789abcdef", "administration": "DGFIP", "liste": "3", "rang": "12",
        "niveau": "haute", "instantane": "2601-0123456789ab", "date_exposition": "2026-01-05",
    },
    "votes": {
        "siren": SIREN, "liste": "3", "agent": "0123456789abcdef", "administration": "DGFIP", "utile": "0",
        "motifs": "DATA KNOWN", "date_vote": "2026-01-05", "est_dernier": "1",
    },
}  # fmt: skip
"""The headers of a delivery and a record that every rule accepts."""


@dataclass
class Outcome:
    """What the reader made of a file."""

    rows: list[dict[str, object]]
    rejects: list[Reject]
    report: Reading

    @property
    def reasons(self) -> list[str]:
        """Why records were refused, in the order of the file."""
        return [reject.reason for reject in self.rejects]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Records read, kept, rejected, skipped."""
        report = self.report
        return report.rows_read, report.rows_kept, report.rows_rejected, report.rows_skipped


def usual_name(kind: str) -> str:
    """The usual file name of a type."""
    return CONTRACTS[kind].files.exact[0]


def records(kind: str, *changes: dict[str, str]) -> list[str]:
    """The line of headers, then one line for each change of the valid record."""
    separator = CONTRACTS[kind].dialect.separator
    changed = [VALID[kind] | change for change in changes]
    headers = list(dict.fromkeys(name for record in changed for name in record)) or list(VALID[kind])
    return [separator.join(headers), *(separator.join(record.get(name, "") for name in headers) for record in changed)]


def delivery(kind: str, *changes: dict[str, str]) -> bytes:
    """A file of a type, in UTF-8."""
    return ("\n".join(records(kind, *changes)) + "\n").encode()


def read_file(path: Path, kind: str, *, exact: bool = False) -> Outcome:
    """Read a file to its end; the invariants that hold for every file are asserted here."""
    reader = FileReader(path, CONTRACTS[kind], exact=exact)
    chunks = list(reader.chunks())
    schema = CONTRACTS[kind].staging
    for chunk in chunks:
        expected = ["line", *(name for name in schema.names if name not in ("batch", "file", "line"))]
        assert chunk.rows.column_names == expected
        for field in schema.fields:
            if field.name in chunk.rows.column_names:
                assert chunk.rows.schema.field(field.name).type == field.kind.arrow, field.name
    rows = pa.concat_tables([chunk.rows for chunk in chunks]).to_pylist() if chunks else []
    report = reader.report
    assert report.rows_read == report.rows_kept + report.rows_rejected + report.rows_skipped
    assert report.rows_written == len(rows)
    return Outcome(rows, [reject for chunk in chunks for reject in chunk.rejects], report)


def read(folder: Path, kind: str, content: bytes, *, exact: bool = False) -> Outcome:
    """Deliver a content under the usual name of its type, and read it."""
    path = folder / usual_name(kind)
    path.write_bytes(content)
    return read_file(path, kind, exact=exact)
