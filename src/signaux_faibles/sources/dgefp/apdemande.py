"""Activité partielle: demandes, with the hours authorised (import-chain §5.2).

Generated page: docs/sources/apdemande.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.dgefp.origin import MONTHLY
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, CONTRIBUTION, DECIMAL, INTEGER, ISO_DATE, SIRET, WHOLE_PART
from signaux_faibles.sources.file_names import FileNames

APDEMANDE = Contract(
    name="apdemande",
    title="Activité partielle : demandes",
    owner="DGEFP / DARES",
    origin=MONTHLY,
    family=Family.DGEFP,
    reference="import-chain §5.2",
    files=FileNames(exact=("demande_ap.csv",), downloaded=(r"act_partielle_ddes_\w+\.csv",)),
    dialect=Dialect(separator=",", lazy=True),
    key="siret",
    due=Due(day=15),
    known_at=KnownAt(column="date_statut"),
    columns=(
        Column("id_demande", CODE, "ID_DA", required=True, longest=30),
        Column("siret", SIRET, "ETAB_SIRET", required=True),
        Column("date_statut", ISO_DATE, "DATE_STATUT", required=True, doc="day of the decision on the demande"),
        Column("periode_debut", ISO_DATE, "DATE_DEB", required=True),
        Column("periode_fin", ISO_DATE, "DATE_FIN", required=True, doc="included"),
        Column("heures", DECIMAL, "HTA", unit="heure", doc="authorised over the whole period"),
        Column("montant", CONTRIBUTION, "MTA", unit="euro", doc="authorised over the whole period"),
        Column("effectif", WHOLE_PART, "EFF_AUTO", unit="salarié", doc="number of employees authorised"),
        Column("motif_recours", INTEGER, "MOTIF_RECOURS_SE", doc="1 to 7, see labels_motif_recours"),
        Column("effectif_entreprise", WHOLE_PART, "EFF_ENT", unit="salarié", ours=True),
        Column("effectif_etablissement", WHOLE_PART, "EFF_ETAB", unit="salarié", ours=True),
        Column("heures_consommees", DECIMAL, "S_HEURE_CONSOM_TOT", unit="heure", ours=True),
        Column("effectif_consomme", WHOLE_PART, "S_EFF_CONSOM_TOT", unit="salarié", ours=True),
        Column("montant_consomme", CONTRIBUTION, "S_MONTANT_CONSOM_TOT", unit="euro", ours=True),
        Column(
            "perimetre",
            INTEGER,
            "PERIMETRE_AP",
            ours=True,
            doc="1 réduction tout, 2 réduction partie, 3 fermeture tout, 4 fermeture partie de l'établissement",
        ),
        Column("recours_anterieur", INTEGER, "RECOURS_ANTERIEUR", absent=True, lenient=True, ours=True, doc="1 to 3"),
    ),
    refuse=(
        Rule("MOTIF_RECOURS_SE n'est pas un motif connu (1 à 7)", "motif_recours NOT BETWEEN 1 AND 7"),
        Rule("DATE_FIN est à plus de dix ans de DATE_DEB", "periode_fin > periode_debut + INTERVAL 10 YEARS"),
    ),
    doubt=(Rule("DATE_FIN précède DATE_DEB", "periode_fin < periode_debut"),),
    notes=(
        "An id_demande delivered twice stays twice in staging; the clean rule keeps one (contract W6).",
        "A period that ends before it begins is kept: the clean rule gives it no month (import-chain §8.1).",
    ),
)
