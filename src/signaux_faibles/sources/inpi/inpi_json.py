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
    FileNames,
    Header,
    KnownAt,
    Rule,
    raw,
)
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import BOOL, EITHER_DATE, INTEGER, SIREN, TEXT, FieldType
from signaux_faibles.sources.inpi.liasse import LIASSE_AMOUNT, confidentiality_code
from signaux_faibles.sources.inpi.origin import TYPED_FILINGS_OF_THE_API
from signaux_faibles.sources.reading.documents.document_archive import TAR_ENDINGS
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT

_IDENTITY = "bilanSaisi.bilan.identite"
_WITHDRAWN = "coalesce(supprime, false)"


def _identity(name: str, type_: FieldType, key: str, doc: str = "", unit: str = "", longest: int = 50) -> Column:
    """A value of the identity of a typed bilan: what is not a number, or not a date, is unknown."""
    lenient = type_ is not TEXT
    header = f"{_IDENTITY}.{key}"
    return Column(name, type_, header, absent=True, lenient=lenient, unit=unit, doc=doc, longest=longest)


def _amount(place: int) -> Column:
    return Column(f"m{place}", LIASSE_AMOUNT, f"m{place}", unit="euro", doc=f"column {place} of the line")


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
        pattern=r"bilans_saisis_rne_[\w-]+(\.jsonl?)?",
        downloaded=(r"stock_(RNE_)?comptes_annuels[\w-]*", r"bilans-saisis[-_]?[\w-]*\.(json|jsonl|ndjson)"),
        endings=("", ".gz", ".zip", *TAR_ENDINGS),
        several=True,
    ),
    dialect=Dialect(separator="{"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_depot"),
    delivery=Delivery.INCREMENT,
    reads=(Header(f"{_IDENTITY}.siren", absent=True),),
    columns=(
        Column("siren", SIREN, "siren", required=True),
        Column("date_cloture", EITHER_DATE, "dateCloture", required=True, doc="end of the exercice"),
        Column("type_bilan", TEXT, "typeBilan", required=True, longest=2, doc="C, S, K, B banque, A assurance"),
        _identity("num_depot", TEXT, "numDepot", "filing, unique in a greffe"),
        Column("date_depot", EITHER_DATE, "dateDepot", required=True, doc="day of filing"),
        _identity("code_greffe", TEXT, "codeGreffe", longest=10),
        _identity("num_gestion", TEXT, "numGestion", "number in the register of the greffe"),
        _identity("duree_exercice", INTEGER, "dureeExerciceN", unit="mois"),
        _identity("date_cloture_precedente", EITHER_DATE, "dateClotureExerciceNMoins1", "end of the exercice before"),
        _identity("duree_precedente", INTEGER, "dureeExerciceNMoins1", "0 where it is not said", "mois"),
        Column(
            "confidentialite",
            TEXT,
            derived=confidentiality_code("confidentiality"),
            doc="0 public, 1 all withheld, 2 profit and loss withheld",
        ),
        _identity("devise", TEXT, "codeDevise", longest=10),
        _identity("origine_devise", TEXT, "codeOrigineDevise", longest=10),
        _identity("code_activite", TEXT, "codeActivite", longest=10),
        _identity("code_motif", TEXT, "codeMotif", "why the accounts were typed as they are", longest=10),
        _identity("info_traitement", TEXT, "infoTraitement", "remarks of the typing"),
        Column("denomination", TEXT, "denomination", absent=True),
        Column("document", TEXT, DOCUMENT, doc="the file that holds the document, itself or in its archive"),
        Column("supprime", BOOL, "deleted", absent=True, beside=True, doc="the filing is withdrawn from the register"),
        Column("confidentiality", TEXT, "confidentiality", absent=True, beside=True, longest=50, doc="as delivered"),
    ),
    cells=Cells(
        "liasses",
        (
            Column("page", TEXT, "numero", required=True, longest=2, doc="page of the liasse: 01 is 2050 or 2033-A"),
            Column("code", TEXT, "code", required=True, longest=3, doc="first cell of the line"),
            *(_amount(place) for place in range(1, 5)),
        ),
        path=("bilanSaisi.bilan.detail.pages", "liasses"),
    ),
    refuse=(
        Rule("bilan sans aucune ligne de liasse", f"{raw('liasses')} IS NULL AND NOT {_WITHDRAWN}"),
        Rule("le bilan saisi est celui d'une autre entreprise", f"{raw(f'{_IDENTITY}.siren')} <> {raw('siren')}"),
    ),
    doubt=(
        Rule("dépôt antérieur à la clôture", "date_depot < date_cloture"),
        Rule("devise autre que l'euro", "devise <> 'EUR'"),
        Rule("type de bilan inconnu", "type_bilan NOT IN ('C', 'S', 'K', 'B', 'A')"),
        Rule("durée d'exercice nulle ou absente", f"coalesce(duree_exercice, 0) = 0 AND NOT {_WITHDRAWN}"),
        Rule("confidentialité inconnue", "confidentiality IS NOT NULL AND confidentialite IS NULL"),
        Rule("dépôt retiré du registre", _WITHDRAWN),
    ),
    notes=(
        "A record is the reply of `/bilans-saisis/{id}`: one per file or line, a list, or an archive of such files. "
        "Headers are paths of keys. `line` is the rank of the document in the delivered file.",
        "The columns are those of `inpi`, so that both are read alike; `supprime` and `confidentiality` are added.",
        "In `identite`, siren, dureeExerciceN, codeActivite and codeDevise are documented; the other keys follow the "
        "names of the XML and may be absent.",
        "A document with `deleted` withdraws the filing with its siren, closing, type and filing date, whatever source "
        "it came from; it gives one row, without cells if it has none.",
        "A bilan with one bad amount is refused as a whole. A reject names the siren of the document and nothing else.",
        "An empty cell is not delivered: it is zero if its page is filed, unknown if not.",
    ),
)
