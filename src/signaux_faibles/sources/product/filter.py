"""An explicit perimeter: the SIREN to keep, one per line (import-chain §5.13).

Generated page: docs/sources/filter.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Delivery, Dialect, Due, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import SIREN
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.product.origin import OPERATOR

FILTER = Contract(
    name="filter",
    title="Périmètre explicite",
    owner="Exploitant de la chaîne",
    origin=OPERATOR,
    family=Family.OPEN,
    reference="import-chain §5.13",
    files=FileNames(exact=("filter.csv",), pattern=r"filter_[A-Za-z0-9_-]+\.csv"),
    dialect=Dialect(separator=";", headers_by_position=("siren",)),
    key="siren",
    due=Due(day=None),
    delivery=Delivery.OWN_BATCH,
    known_at=KnownAt(),
    all_or_nothing=True,
    columns=(Column("siren", SIREN, "siren", required=True, doc="first column of the file, with or without a header"),),
    skip=(Rule("ligne d'en-tête", f"lower({raw('siren')}) = 'siren'"),),
    licence="Fichier interne",
    notes=(
        "One bad SIREN refuses the file: a wrong perimeter must not be used silently (contract Q16, W17).",
        "A file without any SIREN is refused too (contract Q15).",
    ),
)
