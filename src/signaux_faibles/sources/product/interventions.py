"""What agents did for companies: follow-ups and their steps, contacts, calls of campagnes; one row per act.

Generated page: docs/sources/interventions.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, CODE, INTEGER, ISO_DATE, SIREN, SIRET
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.product.origin import APPLICATION

INTERVENTIONS = Contract(
    name="interventions",
    title="Interventions des agents",
    owner="Signaux Faibles",
    origin=APPLICATION,
    family=Family.DETECTION,
    reference="application §2.3, first-generation §1.15",
    files=FileNames(exact=("sf_interventions.csv",)),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=None),
    known_at=KnownAt(column="date_connue"),
    columns=(
        Column("siret", SIRET, "siret", required=True),
        Column("siren", SIREN, derived="left(siret, 9)", doc="first nine digits of the siret"),
        Column(
            "numero",
            CODE,
            "numero",
            required=True,
            longest=20,
            doc="what the act is about: a follow-up (`A12`), a contact (`C5`), a company of a campagne (`K7`)",
        ),
        Column(
            "nature",
            CODE,
            "nature",
            required=True,
            longest=20,
            doc="of a follow-up: `OUVERTURE`, `REFERENTS`, `STATUT`, `DISPOSITIF`, `ACTION`, `REORIENTATION`, "
            "`CLOTURE`; else `CONTACT`, `CAMPAGNE`",
        ),
        Column(
            "libelle",
            CODE,
            "libelle",
            longest=200,
            doc="label of the reference list of a dispositif, an action or a réorientation; means of a contact; "
            "number of a campagne",
        ),
        Column(
            "etat",
            CODE,
            "etat",
            longest=20,
            doc="statut of a follow-up, step of a dispositif (`PROPOSE`, `DEMANDE`, `ACTIVE`, `REFUSE`), `AJOUT` or "
            "`RETRAIT` of a label, outcome of a closing (empty if taken over); of a campagne `PRISE`, `RENDUE`, "
            "`REPORTEE`, `ECARTEE` or the result",
        ),
        Column("date_fait", ISO_DATE, "date_fait", required=True, doc="day of the act"),
        Column("date_connue", ISO_DATE, "date_connue", required=True, doc="day on which it was written down"),
        Column("date_report", ISO_DATE, "date_report", doc="day to which a company of a campagne is put off"),
        Column("agent", CODE, "agent", required=True, longest=16, doc="pseudonym of the author"),
        Column("administration", CODE, "administration", required=True, longest=20, doc="of the author"),
        Column(
            "administrations_referents",
            CODE,
            "administrations_referents",
            longest=200,
            doc="administrations of the referents after the act, separated by a space; of a follow-up only",
        ),
        Column("liste", INTEGER, "liste", doc="number of the list that the follow-up was opened from"),
        Column("importe", BOOL, "importe", required=True, doc="taken over from what was kept before this application"),
    ),
    doubt=(Rule("date_connue précède date_fait", "date_connue < date_fait"),),
    licence="Données confidentielles, usage réservé à l'évaluation",
    notes=(
        "Each delivery holds every act since the opening of the application and replaces the one before.",
        "Neither free text nor anything of a mandat ad hoc or a conciliation is in the file.",
        "« Ouvert par erreur » is an outcome like another (`ERREUR`): a reader leaves these follow-ups out.",
        "A pseudonym is stable as long as the secret key of the installation is; administrations are those of today.",
    ),
)
