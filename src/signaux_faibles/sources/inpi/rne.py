"""Companies of the national register of companies, with their directors (open-data §2.9).

Generated page: docs/sources/rne.md.
"""

from __future__ import annotations

from signaux_faibles.relations.schema import Kind
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
from signaux_faibles.sources.fields import BOOL, CODE, EITHER_DATE, INTEGER, TEXT, FieldType
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.inpi.filing_fields import DOCUMENT_SIREN, says_another_siren
from signaux_faibles.sources.inpi.origin import REGISTER
from signaux_faibles.sources.reading.documents.document_archive import TAR_ENDINGS
from signaux_faibles.sources.reading.documents.inpi_blocks import DOCUMENT, UNREAD_PARTS
from signaux_faibles.sources.reading.documents.json_documents import LISTED, RANK

_CONTENT = "formality.content"
_COMPANY = f"{_CONTENT}.personneMorale"
_CREATION = f"{_CONTENT}.natureCreation"
_IDENTITY = f"{_COMPANY}.identite.entreprise"
_CLOSING = f"{_COMPANY}.detailCessationEntreprise"
_PERSON = "individu.descriptionPersonne"


def _month(text: str) -> str:
    written = f"regexp_full_match({text}, '(19|20)[0-9]{{2}}-(0[1-9]|1[0-2])(-[0-9]{{2}}.*)?')"
    return f"CASE WHEN {written} THEN left({text}, 7) END"


BIRTH_MONTH = FieldType("mois AAAA-MM", Kind.TEXT, _month, "n'est pas un mois AAAA-MM")
"""The day of birth is dropped while the file is read, as in the open API (open-data §2.10)."""


def _optional(name: str, type_: FieldType, header: str, *elsewhere: str, doc: str = "") -> Column:
    """A value that the register may omit; an unreadable one is unknown."""
    lenient = type_ not in (TEXT, CODE)
    return Column(name, type_, header, absent=True, lenient=lenient, elsewhere=elsewhere, doc=doc)


RNE = Contract(
    name="rne",
    title="Registre national des entreprises : dirigeants et cessations",
    owner="INPI",
    origin=REGISTER,
    family=Family.OPEN,
    licence="Licence de l'INPI pour la réutilisation des données publiques du RNE",
    reference="open-data §2.9",
    files=FileNames(
        exact=("rne_entreprises.json", "rne_entreprises.jsonl", "rne_entreprises.zip"),
        pattern=r"rne_entreprises(_[\w-]+)?(\.jsonl?)?",
        downloaded=(r"stock_(RNE_)?formalites[\w-]*", r"stock_rne", r"rne_flux_[\w-]+\.(json|jsonl|ndjson)"),
        endings=("", ".gz", ".zip", *TAR_ENDINGS),
        several=True,
    ),
    dialect=Dialect(separator="{"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_mise_a_jour"),
    delivery=Delivery.INCREMENT,
    reads=(
        Header(f"{_CONTENT}.personnePhysique", absent=True),
        Header(f"{_CONTENT}.exploitation", absent=True),
        Header(_COMPANY, absent=True),
        Header("formality.siren", absent=True),
        Header(UNREAD_PARTS),
    ),
    columns=(
        Column("siren", DOCUMENT_SIREN, f"{_IDENTITY}.siren", required=True, elsewhere=("formality.siren", "siren")),
        _optional("denomination", TEXT, f"{_IDENTITY}.denomination"),
        _optional(
            "forme_juridique",
            CODE,
            f"{_IDENTITY}.formeJuridique",
            "formality.formeJuridique",
            f"{_CREATION}.formeJuridique",
            doc="code of the legal form",
        ),
        _optional("date_immatriculation", EITHER_DATE, f"{_IDENTITY}.dateImmat"),
        _optional("code_ape", CODE, f"{_IDENTITY}.codeApe", "formality.codeAPE"),
        _optional(
            "date_mise_a_jour",
            EITHER_DATE,
            "updatedAt",
            "formality.updated",
            doc="day since which the register says so",
        ),
        _optional(
            "date_radiation",
            EITHER_DATE,
            f"{_CLOSING}.dateRadiation",
            f"{_CONTENT}.natureCessationEntreprise.dateRadiation",
            doc="day of striking off the register",
        ),
        _optional("date_cessation", EITHER_DATE, f"{_CLOSING}.dateCessationTotaleActivite", doc="end of all activity"),
        _optional("date_effet_cessation", EITHER_DATE, f"{_CLOSING}.dateEffet", doc="day of effect of the cessation"),
        Column("document", TEXT, DOCUMENT, doc="the file that holds the document, itself or in its archive"),
        Column("dirigeants_dits", BOOL, LISTED, ours=True, doc="whether the document says who directs, be it nobody"),
    ),
    cells=Cells(
        "pouvoirs",
        (
            Column("rang", INTEGER, RANK, required=True, doc="rank of the power in the document"),
            Column(
                "role",
                CODE,
                "roleEntreprise",
                longest=10,
                elsewhere=("entreprise.roleEntreprise", f"{_PERSON}.role", "individu.roleEntreprise"),
                doc="code of the role",
            ),
            Column(
                "role_precise",
                TEXT,
                "autreRoleEntreprise",
                longest=200,
                elsewhere=("libelleRoleEntreprise",),
                doc="the role in words, for the code 99",
            ),
            Column("type_personne", TEXT, "typeDePersonne", longest=20, doc="INDIVIDU or ENTREPRISE"),
            Column("nom", TEXT, f"{_PERSON}.nom", longest=200, doc="name at birth"),
            Column("nom_usage", TEXT, f"{_PERSON}.nomUsage", longest=200),
            Column("prenoms", TEXT, f"{_PERSON}.prenoms", longest=200, doc="joined by commas"),
            Column("mois_naissance", BIRTH_MONTH, f"{_PERSON}.dateDeNaissance", lenient=True, doc="never the day"),
            Column(
                "date_effet",
                EITHER_DATE,
                f"{_PERSON}.dateEffetRoleDeclarant",
                lenient=True,
                elsewhere=("dateEffetRoleDeclarant", "dateDebut"),
                doc="start of the role",
            ),
            Column(
                "siren_dirigeant", DOCUMENT_SIREN, "entreprise.siren", lenient=True, doc="of a company that directs"
            ),
            Column("denomination_dirigeant", TEXT, "entreprise.denomination", doc="of a company that directs"),
            Column("actif", BOOL, "actif", lenient=True, doc="whether the power is active; by default it is"),
        ),
        path=(f"{_COMPANY}.composition.pouvoirs",),
        signs=("pouvoirs",),
    ),
    skip=(
        Rule(
            "entreprise individuelle ou exploitation : elle n'a pas de dirigeant distinct",
            f"{raw(_COMPANY)} IS NULL AND "
            f"coalesce({raw(f'{_CONTENT}.personnePhysique')}, {raw(f'{_CONTENT}.exploitation')}) IS NOT NULL",
        ),
    ),
    refuse=(
        Rule("dirigeants ailleurs qu'à leur place dans le document", f"{raw(UNREAD_PARTS)} IS NOT NULL"),
        Rule("la formalité est celle d'une autre entreprise", says_another_siren("formality.siren")),
    ),
    doubt=(
        Rule("entreprise sans dirigeant déclaré", f"{raw('pouvoirs')} IS NULL AND dirigeants_dits"),
        Rule("document partiel : il ne dit rien des dirigeants", "NOT dirigeants_dits"),
        Rule("date de mise à jour inconnue : la date du lot en tient lieu", "date_mise_a_jour IS NULL"),
    ),
    notes=(
        "A record is the document of a company: one per file or line, a list, or an archive of such files. Headers "
        "are paths of keys. A company without any declared director gives one row without a director.",
        "Only the month of a person's birth is kept, as the file is read: staging, rejects and reports never contain "
        "the day. A reject names the file and the siren, never a person.",
        "A new document of a company replaces the previous one: people missing from it have left. A partial document, "
        "without a list of powers, says nothing about directors; an empty list says that there are none.",
        "Depending on the age of the document, the role is given by the power, by the company that holds it or by the "
        "description of the person.",
        "The keys documented are those of `entreprise`, `pouvoirs`, `roleEntreprise` and `detailCessationEntreprise`; "
        "the keys below them follow deliveries seen elsewhere, and may be absent.",
    ),
)
