"""Annual accounts typed by INPI, as the API of the national register gives them (open-data §2.9).

Generated page: docs/sources/inpi_json.md.
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
from signaux_faibles.sources.fields import BOOL, EITHER_DATE, TEXT, FieldType
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.filing_fields import (
    BILAN_TYPE,
    CURRENCY,
    DOCUMENT_SIREN,
    LIASSE_AMOUNT,
    LINE_CODE,
    MONTHS,
    MOTIF,
    PAGE,
    WITHHELD,
    confidentiality_code,
    confidentiality_of_both,
    says_another_day,
    says_another_siren,
    without_liasse,
)
from signaux_faibles.sources.inpi.inpi import KINDS
from signaux_faibles.sources.inpi.origin import TYPED_FILINGS_OF_THE_API
from signaux_faibles.sources.reading.documents.document_archive import TAR_ENDINGS
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT, UNREAD_PARTS

_IDENTITY = "bilanSaisi.bilan.identite"
_CODE = f"{_IDENTITY}.codeConfidentialite"
_WITHDRAWN = "coalesce(supprime, false)"
_REFUSED, _DOUBTFUL, _APART = without_liasse("liasses", _WITHDRAWN)


def _identity(
    name: str,
    type_: FieldType,
    key: str,
    doc: str = "",
    unit: str = "",
    longest: int = 50,
    elsewhere: tuple[str, ...] = (),
) -> Column:
    """A value of the identity of a typed bilan; unknown if it is not the number or date expected."""
    lenient = type_ is not TEXT
    header = f"{_IDENTITY}.{key}"
    return Column(
        name, type_, header, absent=True, lenient=lenient, unit=unit, doc=doc, longest=longest, elsewhere=elsewhere
    )


def _twice(name: str, type_: FieldType, header: str, key: str, doc: str = "", longest: int = 50) -> Column:
    """What a reply states both in its head and in the identity of its bilan: one of them is enough."""
    return Column(name, type_, header, required=True, doc=doc, longest=longest, elsewhere=(f"{_IDENTITY}.{key}",))


def _amount(place: int) -> Column:
    name = f"m{place}"
    return Column(
        name, LIASSE_AMOUNT, name, unit="euro", doc=f"column {place} of the line", elsewhere=(f"montant{place}",)
    )


INPI_JSON = Contract(
    name="inpi_json",
    title="Comptes annuels : bilans saisis, par l'API du registre",
    owner="INPI",
    origin=TYPED_FILINGS_OF_THE_API,
    family=Family.OPEN,
    licence="Licence de l'INPI pour la réutilisation des comptes annuels publics",
    reference="open-data §2.9",
    files=FileNames(
        exact=("bilans_saisis_rne.json", "bilans_saisis_rne.jsonl", "bilans_saisis_rne.zip"),
        pattern=r"bilans_saisis_rne(_[\w-]+)?(\.jsonl?)?",
        downloaded=(r"stock_(RNE_)?comptes_annuels[\w-]*", r"bilans[-_]saisis[-_]?(?!rne)[\w-]*\.(json|jsonl|ndjson)"),
        endings=("", ".gz", ".zip", *TAR_ENDINGS),
        several=True,
    ),
    dialect=Dialect(separator="{"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_depot"),
    delivery=Delivery.INCREMENT,
    reads=(Header(f"{_IDENTITY}.siren", absent=True), Header(_CODE, absent=True), Header(UNREAD_PARTS)),
    columns=(
        _twice("siren", DOCUMENT_SIREN, "siren", "siren"),
        _twice("date_cloture", EITHER_DATE, "dateCloture", "dateClotureExercice", "end of the exercice"),
        _twice("type_bilan", BILAN_TYPE, "typeBilan", "codeTypeBilan", KINDS),
        _identity("num_depot", TEXT, "numDepot", "filing, unique in a greffe"),
        _twice("date_depot", EITHER_DATE, "dateDepot", "dateDepot", "day of filing"),
        _identity("code_greffe", TEXT, "codeGreffe", longest=10),
        _identity("num_gestion", TEXT, "numGestion", "number in the register of the greffe"),
        _identity("duree_exercice", MONTHS, "dureeExerciceN", unit="mois"),
        _identity("date_cloture_precedente", EITHER_DATE, "dateClotureExerciceNMoins1", "end of the exercice before"),
        _identity("duree_precedente", MONTHS, "dureeExerciceNMoins1", "0 where it is not said", "mois"),
        Column(
            "confidentialite",
            TEXT,
            derived=confidentiality_of_both("confidentiality", _CODE, "liasses"),
            doc=WITHHELD,
        ),
        _identity("devise", CURRENCY, "codeDevise", longest=10),
        _identity("origine_devise", TEXT, "codeOrigineDevise", longest=10),
        _identity("code_activite", TEXT, "codeActivite", longest=10),
        _identity(
            "code_motif",
            MOTIF,
            "codeMotif",
            "how INPI typed them, or why not: see `TYPED`",
            longest=10,
            elsewhere=(f"{_IDENTITY}.codeSaisie",),
        ),
        _identity("info_traitement", TEXT, "infoTraitement", "remarks of the typing"),
        Column("denomination", TEXT, "denomination", absent=True, elsewhere=(f"{_IDENTITY}.denomination",)),
        Column("document", TEXT, DOCUMENT, doc="the file that holds the document, itself or in its archive"),
        Column("supprime", BOOL, "deleted", absent=True, ours=True, doc="the filing is withdrawn from the register"),
        Column("confidentiality", TEXT, "confidentiality", absent=True, ours=True, longest=50, doc="as delivered"),
    ),
    cells=Cells(
        "liasses",
        (
            Column("page", PAGE, "numero", required=True, longest=20, doc="page of the liasse: 01 is 2050 or 2033-A"),
            Column("code", LINE_CODE, "code", required=True, longest=10, doc="first cell of the line"),
            *(_amount(place) for place in range(1, 5)),
        ),
        path=("bilanSaisi.bilan.detail.pages", "liasses"),
        signs=("liasses", "code", "m1", "montant1"),
    ),
    refuse=(
        *_REFUSED,
        Rule("le bilan saisi est celui d'une autre entreprise", says_another_siren(f"{_IDENTITY}.siren")),
    ),
    doubt=(
        *_DOUBTFUL,
        Rule("dépôt antérieur à la clôture", "date_depot < date_cloture"),
        Rule(
            "clôture ou dépôt : la réponse et son bilan ne disent pas la même date",
            f"{says_another_day(f'{_IDENTITY}.dateClotureExercice', 'date_cloture')} OR "
            f"{says_another_day(f'{_IDENTITY}.dateDepot', 'date_depot')}",
        ),
        Rule("devise autre que l'euro", "devise <> 'EUR'"),
        Rule("type de bilan inconnu", "type_bilan NOT IN ('C', 'S', 'K', 'B', 'A')"),
        Rule(
            "durée d'exercice nulle ou absente",
            f"coalesce(duree_exercice, 0) = 0 AND {raw('liasses')} IS NOT NULL AND NOT {_WITHDRAWN}",
        ),
        Rule(
            "confidentialité inconnue",
            f"confidentiality IS NOT NULL AND ({confidentiality_code('confidentiality')}) IS NULL",
        ),
        Rule("dépôt retiré du registre", _WITHDRAWN),
    ),
    apart=_APART,
    notes=(
        "A record is the reply of `/bilans-saisis/{id}`: one per file or line, a list, or an archive of such files. "
        "Headers are paths of keys. `line` is the rank of the document in the delivered file.",
        "The columns are those of `inpi`, so that both are read alike; `supprime` and `confidentiality` are added.",
        "In `identite`, siren, dureeExerciceN, codeActivite and codeDevise are documented; the other keys follow the "
        "names of the XML and may be absent. What a reply writes twice (siren, dates, type, confidentiality) is read "
        "in both places.",
        "A filing may have no liasse (`bilanSaisi` null or absent, no `detail`, no page): accounts are confidential, "
        "or INPI did not type them (codeSaisie 2 to 24). It is kept as one row without cells, and counted separately.",
        "A reply whose `bilan` is a list gives one record per bilan, identified by its own identity.",
        "A document with `deleted` withdraws the filing with its siren, closing, type and filing date, whatever source "
        "it came from; it gives one row, without cells if it has none.",
        "A bilan with one bad amount is refused as a whole. A reject names the siren of the document and nothing else.",
        "An empty cell is not delivered: it is zero if the totals of the filing prove it, otherwise unknown.",
    ),
)
