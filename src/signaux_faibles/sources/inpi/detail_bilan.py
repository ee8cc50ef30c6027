"""Detailed annual accounts: the bulk file of the liasses of all public filings (open-data §2.8).

Generated page: docs/sources/detail_bilan.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import INTEGER, ISO_DATE, SIREN, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.filing_fields import BILAN_TYPE, LIASSE_AMOUNT, WITHHELD, confidentiality_code
from signaux_faibles.sources.inpi.liasse import CAP, NORMAL_CELLS, SIMPLIFIED_CELLS
from signaux_faibles.sources.inpi.origin import DETAILED_ACCOUNTS

LAG_DAYS = 336
"""By then 95 % of the filings are made: the 95th percentile of the invented country, which has late filers.

With the legal lag of eight months (open-data §2.6), one filing in eight was dated too early, and one in five among
companies about to fail, because they file late."""

_CODES = {f"normal_{code}": code for code in NORMAL_CELLS} | {f"simplified_{code}": code for code in SIMPLIFIED_CELLS}
_CELLS = tuple(
    Column(name, LIASSE_AMOUNT, f"liasse.{code}", absent=True, unit="euro", doc=f"cell {code}")
    for name, code in _CODES.items()
)
_TEXTS = ", ".join(f"coalesce({raw(f'liasse.{code}')}, '')" for code in _CODES.values())
_KNOWN_CELLS = ", ".join(_CODES)
_EMPTY, _WITHHELD = (
    f"({raw('liasse')} IS NULL OR coalesce(cellules <= 0, false))",
    "coalesce(confidentialite = '1', false)",
)

DETAIL_BILAN = Contract(
    name="detail_bilan",
    title="Comptes annuels : détail des liasses",
    owner="Signaux Faibles, d'après l'INPI",
    origin=DETAILED_ACCOUNTS,
    family=Family.OPEN,
    licence="Licence Ouverte 2.0",
    reference="open-data §2.8",
    files=FileNames(
        exact=("export-detail-bilan.parquet",), downloaded=(r"export-detail-bilans?([-_]\w+)?\.parquet",), endings=("",)
    ),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(fact="date_cloture", lag_days=LAG_DAYS),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_cloture", ISO_DATE, "date_cloture_exercice", required=True, doc="end of the exercice"),
        Column("type_bilan", BILAN_TYPE, "type_bilan", required=True, longest=50, doc="C, S, K: see `inpi`"),
        Column("confidentiality", TEXT, "confidentiality", absent=True, longest=50, doc="Public, or what is withheld"),
        Column(
            "confidentialite",
            TEXT,
            derived=confidentiality_code("confidentiality"),
            doc=WITHHELD,
        ),
        Column("cellules", INTEGER, "liasse", doc="how many cells the liasse has, ours or others"),
        *_CELLS,
        Column("empreinte", TEXT, derived=f"md5(concat_ws(';', {_TEXTS}))", doc="mark of the cells above"),
    ),
    refuse=(Rule("bilan sans aucune cellule de liasse", f"{_EMPTY} AND NOT {_WITHHELD}"),),
    doubt=(
        Rule(
            "montant plafonné à 2 147 483 647 : aucun ratio ne s'en sert",
            f"greatest({_KNOWN_CELLS}) = {CAP} OR least({_KNOWN_CELLS}) <= -{CAP}",
        ),
        Rule("confidentialité inconnue", "confidentiality IS NOT NULL AND confidentialite IS NULL"),
        Rule("type de bilan inconnu", "type_bilan NOT IN ('C', 'S', 'K', 'B', 'A')"),
        Rule("aucune cellule connue dans la liasse", f"coalesce({_KNOWN_CELLS}) IS NULL AND NOT {_EMPTY}"),
    ),
    apart=(Rule("comptes confidentiels, sans liasse : un droit de l'entreprise", f"{_EMPTY} AND {_WITHHELD}"),),
    notes=(
        "Delivered in Parquet; `liasse` is a map from the code of a cell to whole euros, read here as columns "
        "`liasse.<code>`. Gross and depreciation have their own codes (BJ, BK); the net of a line has no documented "
        "code and is computed.",
        "Only the cells that the accounts use are kept; `cellules` counts all those delivered.",
        "A liasse that gives a cell twice is refused.",
        "Cells are 32-bit integers: a larger amount is delivered as the cap, which is flagged.",
        "There is no filing date or number: a filing is known from its first delivery, else 336 days after its "
        "closing, flagged. Several rows of one exercice and type are its successive filings.",
    ),
)
