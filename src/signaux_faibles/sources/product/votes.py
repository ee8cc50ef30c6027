"""Whether a detection was useful to an agent, and if not, why.

Generated page: docs/sources/votes.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, CODE, INTEGER, ISO_DATE, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.product.origin import APPLICATION

VOTES = Contract(
    name="votes",
    title="Avis des agents sur les détections",
    owner="Signaux Faibles",
    origin=APPLICATION,
    family=Family.DETECTION,
    reference="application §2.2",
    files=FileNames(exact=("sf_votes.csv",)),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_vote"),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("liste", INTEGER, "liste", required=True, doc="number of the list"),
        Column("agent", CODE, "agent", required=True, longest=16, doc="pseudonym of the voter"),
        Column("administration", CODE, "administration", required=True, longest=20, doc="of the voter, today"),
        Column("utile", BOOL, "utile", required=True),
        Column(
            "motifs",
            CODE,
            "motifs",
            longest=200,
            doc="why it was of no use, separated by a space: `KNOWN`, `DATA`, `SETTLED`, `SEASONAL`, `GROUP`, "
            "`PROCEDURE`",
        ),
        Column("date_vote", ISO_DATE, "date_vote", required=True),
        Column("est_dernier", BOOL, "est_dernier", required=True, doc="the agent has not voted again since"),
    ),
    licence="Données confidentielles, usage réservé à l'évaluation",
    notes=(
        "Each delivery holds every vote since the opening of the application and replaces the one before.",
        "`KNOWN` (« Difficulté déjà connue ») does not say that the detection was false: count it apart.",
        "The text that an agent may add stays in the application.",
    ),
)
