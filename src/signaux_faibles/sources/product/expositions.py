"""Who was shown which alert for the first time: in which list, at which rank and level, in which snapshot.

Generated page: docs/sources/expositions.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, INTEGER, ISO_DATE, SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.product.origin import APPLICATION

EXPOSITIONS = Contract(
    name="expositions",
    title="Alertes montrées aux agents",
    owner="Signaux Faibles",
    origin=APPLICATION,
    family=Family.DETECTION,
    reference="application §2.5",
    files=FileNames(exact=("sf_expositions.csv",)),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_exposition"),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("agent", CODE, "agent", required=True, longest=16, doc="pseudonym of the reader"),
        Column("administration", CODE, "administration", longest=20, doc="of the reader, today; empty if unknown"),
        Column("liste", INTEGER, "liste", required=True, doc="number of the list"),
        Column("rang", INTEGER, "rang", required=True, doc="rank shown"),
        Column("niveau", CODE, "niveau", required=True, longest=10, doc="level shown"),
        Column("instantane", CODE, "instantane", required=True, longest=60, doc="snapshot that the page was made from"),
        Column("date_exposition", ISO_DATE, "date_exposition", required=True, doc="day on which it was first shown"),
    ),
    licence="Données confidentielles, usage réservé à l'évaluation",
    notes=(
        "Each delivery holds every exposure since the opening of the application and replaces the one before.",
        "A company that no row names was shown to nobody in a list: its alert cannot have had an effect.",
    ),
)
