"""Small deliveries written by hand, in the true names and headers."""

from __future__ import annotations

from pathlib import Path

SIRENE_HEADER = (
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,etablissementSiege,"
    "complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,"
    "libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,"
    "libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,codeCommuneEtablissement,"
    "codeCedexEtablissement,libelleCedexEtablissement,codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,"
    "etatAdministratifEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,"
    "longitude,latitude"
)
SIRENE_UL_HEADER = (
    "siren,statutDiffusionUniteLegale,dateCreationUniteLegale,prenom1UniteLegale,prenom2UniteLegale,"
    "prenom3UniteLegale,prenom4UniteLegale,etatAdministratifUniteLegale,nomUniteLegale,nomUsageUniteLegale,"
    "denominationUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,"
    "nomenclatureActivitePrincipaleUniteLegale,activitePrincipaleNAF25UniteLegale"
)
DEBIT_HEADER = (
    "Urssaf_gestion;Dep;num_cpte;Siren;Siret;Dt_immat;Etat_cpte;Cd_pro_col;Periode;Num_Ecn;Num_Hist_Ecn;Dt_trt_ecn;"
    "Mt_PO;Mt_PP;Cd_op_ecn;Motif_ecn;Recours_en_cours"
)
FOLLOWED, PUBLIC_BODY, SMALL, ABROAD = "100000001", "100000002", "100000003", "100000004"


def establishment(siren: str, nic: str = "00001", *, head: str = "true", commune: str = "75101") -> str:
    """A line of the establishments."""
    town = "PARIS" if commune else ""
    address = f",12,B,RUE,DE LA PAIX,75002,{town},,,{commune},,,,"
    return f"{siren},{nic},{siren}{nic},O,2010-01-01,{head},{address},A,62.02A,NAFRev2,2.3,48.8"


def legal_unit(siren: str, category: str = "5499", activity: str = "62.02A") -> str:
    """A line of the legal units."""
    return f"{siren},O,2010-01-01,,,,,A,,,SOCIETE {siren[-1]},{category},{activity},NAFRev2,"


def debit(siret: str, number: str, version: int, day: str, employee: int, employer: int) -> str:
    """A line of the debits: amounts in centimes, day as (A)AAMMJJ."""
    return f"1;75;777;{siret[:9]};{siret};20100101;1;0;202511;{number};{version};{day};{employee};{employer};1;1;0"


def headcounts(*rows: str) -> str:
    """The headcount file of November 2025 to January 2026."""
    return "\n".join(["siren;eff202542;eff202543;eff202611;rais_soc", *rows]) + "\n"


def headcounts_of_first_months(*, small: int, followed: int = 22) -> str:
    """Three months of the followed company, of a public body, and of one that is too small until `small` says more."""
    return headcounts(f"{FOLLOWED};20;21;{followed};a", f"{PUBLIC_BODY};20;20;20;b", f"{SMALL};5;5;{small};c")


def write_delivery(folder: Path, **changes: str) -> Path:
    """Write the five files of a month; `changes` replaces the text of a file by its stem."""
    files = {
        "StockEtablissement_utf8_geo": "\n".join(
            [SIRENE_HEADER]
            + [establishment(siren) for siren in (FOLLOWED, PUBLIC_BODY, SMALL)]
            + [establishment(ABROAD, commune="")]
        ),
        "sireneUL": "\n".join(
            [
                SIRENE_UL_HEADER,
                legal_unit(FOLLOWED),
                legal_unit(PUBLIC_BODY, "7210"),
                legal_unit(SMALL),
                legal_unit(ABROAD),
            ]
        ),
        "sigfaible_effectif_siren": headcounts(
            f"{FOLLOWED};20;21;22;a", f"{PUBLIC_BODY};20;20;20;b", f"{SMALL};5;5;5;c", f"{ABROAD};20;20;20;d"
        ),
        "sigfaible_debits": "\n".join(
            [
                DEBIT_HEADER,
                debit(f"{FOLLOWED}00001", "101", 1, "1251218", 10000, 25050),
                debit(f"{FOLLOWED}00001", "101", 2, "1260119", 0, 0),
                debit(f"{SMALL}00001", "102", 1, "1251218", 500, 500),
            ]
        ),
        "sigfaible_pcoll": (
            f"Siret;Siren;Dt_effet;Cat_v2;Lib_actx_stdx\n{FOLLOWED}00001;{FOLLOWED};12JAN2026;1;Sauvegarde_ouverture\n"
        ),
    }
    unknown = set(changes) - set(files)
    if unknown:
        raise ValueError(f"no such file: {unknown}")
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in (files | changes).items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder
