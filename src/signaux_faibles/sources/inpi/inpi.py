"""Annual accounts typed by INPI, « bilans saisis » (open-data §2.9).

Generated page: docs/sources/inpi.md.
"""

from __future__ import annotations

from signaux_faibles.sources.contract import (
    Cells,
    Column,
    Contract,
    Delivery,
    Dialect,
    Due,
    Header,
    KnownAt,
    Rule,
    raw,
)
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.filing_fields import (
    BILAN_TYPE,
    COMPACT_OR_DASHED_DATE,
    CURRENCY,
    DOCUMENT_SIREN,
    LIASSE_AMOUNT,
    LINE_CODE,
    MONTHS,
    MOTIF,
    PAGE,
    WITHHELD,
    confidentiality_code,
    without_liasse,
)
from signaux_faibles.sources.inpi.origin import TYPED_FILINGS
from signaux_faibles.sources.reading.documents.document_archive import TAR_ENDINGS
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT, UNREAD_PARTS

KINDS = "C, S, K, B banque, A assurance"
_CONFIDENTIALITY = "code_confidentialite"
_REFUSED, _DOUBTFUL, _APART = without_liasse("liasses")


def _amount(place: int, doc: str) -> Column:
    return Column(f"m{place}", LIASSE_AMOUNT, f"m{place}", unit="euro", doc=doc)


INPI = Contract(
    name="inpi",
    title="Comptes annuels : bilans saisis",
    owner="INPI",
    origin=TYPED_FILINGS,
    family=Family.OPEN,
    licence="Licence de l'INPI pour la réutilisation des comptes annuels publics",
    reference="open-data §2.9",
    files=FileNames(
        exact=("bilans_saisis.zip", "bilans_saisis.xml"),
        pattern=r"(PUB_CA_[\w-]+(\.donnees)?|bilans_saisis(_(?!rne)[\w-]+)?)(\.xml)?",
        endings=("", ".gz", ".zip", *TAR_ENDINGS),
        several=True,
    ),
    dialect=Dialect(separator="<"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_depot"),
    delivery=Delivery.INCREMENT,
    reads=(Header(_CONFIDENTIALITY), Header(UNREAD_PARTS)),
    columns=(
        Column("siren", DOCUMENT_SIREN, "siren", required=True),
        Column(
            "date_cloture", COMPACT_OR_DASHED_DATE, "date_cloture_exercice", required=True, doc="end of the exercice"
        ),
        Column("type_bilan", BILAN_TYPE, "code_type_bilan", required=True, longest=50, doc=KINDS),
        Column("num_depot", TEXT, "num_depot", required=True, longest=50, doc="filing, unique in a greffe"),
        Column("date_depot", COMPACT_OR_DASHED_DATE, "date_depot", required=True, doc="day of filing"),
        Column("code_greffe", TEXT, "code_greffe", longest=10),
        Column("num_gestion", TEXT, "num_gestion", longest=50, doc="number in the register of the greffe"),
        Column("duree_exercice", MONTHS, "duree_exercice_n", lenient=True, unit="mois"),
        Column(
            "date_cloture_precedente",
            COMPACT_OR_DASHED_DATE,
            "date_cloture_exercice_n-1",
            lenient=True,
            doc="end of the previous exercice",
        ),
        Column(
            "duree_precedente", MONTHS, "duree_exercice_n-1", lenient=True, unit="mois", doc="0 when it is not given"
        ),
        Column("confidentialite", TEXT, derived=confidentiality_code(_CONFIDENTIALITY), doc=WITHHELD),
        Column("devise", CURRENCY, "code_devise", longest=10),
        Column("origine_devise", TEXT, "code_origine_devise", longest=10),
        Column("code_activite", TEXT, "code_activite", longest=10),
        Column("code_motif", MOTIF, "code_motif", longest=10, doc="how INPI typed them, or why not: see `TYPED`"),
        Column("info_traitement", TEXT, "info_traitement", longest=50, doc="remarks of the typing"),
        Column("denomination", TEXT, "denomination"),
        Column("document", TEXT, DOCUMENT, doc="the XML document that holds the bilan, itself or in its archive"),
    ),
    cells=Cells(
        "liasses",
        (
            Column("page", PAGE, "numero", required=True, longest=20, doc="page of the liasse: 01 is 2050 or 2033-A"),
            Column("code", LINE_CODE, "code", required=True, longest=10, doc="first cell of the line"),
            _amount(1, "first column of the line: gross on an assets page, N on a liabilities one"),
            _amount(2, "second column: depreciation, N-1 or exports according to the page"),
            _amount(3, "third column: net or total"),
            _amount(4, "fourth column: N-1"),
        ),
    ),
    refuse=_REFUSED,
    doubt=(
        *_DOUBTFUL,
        Rule("confidentialité inconnue", f"{raw(_CONFIDENTIALITY)} IS NOT NULL AND confidentialite IS NULL"),
        Rule("dépôt antérieur à la clôture", "date_depot < date_cloture"),
        Rule("devise autre que l'euro", "devise <> 'EUR'"),
        Rule("type de bilan inconnu", "type_bilan NOT IN ('C', 'S', 'K', 'B', 'A')"),
        Rule("durée d'exercice nulle ou absente", f"coalesce(duree_exercice, 0) = 0 AND {raw('liasses')} IS NOT NULL"),
    ),
    apart=_APART,
    notes=(
        "A record is a bilan; `line` is its rank in the delivered file, and a reject names its document and its line.",
        "A bilan with one bad amount is refused as a whole, because its totals would not add up.",
        "If a document stops being valid XML, the bilans before that point are kept, and the rest is one reject.",
        "A filing may have no liasse: the accounts are confidential (code 1), or INPI did not type them (motifs 02 to "
        "24). It is kept as one row without cells, and counted separately. INPI never writes a page without a line.",
        "An empty cell is not delivered: it is zero if the totals of the filing prove it, otherwise unknown.",
        "When only the net of an asset line is filed, its gross column contains a code, -3, which is not an amount.",
    ),
)
