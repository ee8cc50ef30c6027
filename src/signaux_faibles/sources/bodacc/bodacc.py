"""BODACC: the judgment notices that DILA publishes, as its open API exports them (open-data §2.5).

Generated page: docs/sources/bodacc.md.
"""

from signaux_faibles.sources.bodacc.bodacc_texts import (
    earlier_notice,
    is_one_object,
    judgment_date,
    part,
    plain_part,
    shortened,
    sirens,
)
from signaux_faibles.sources.bodacc.origin import NOTICES
from signaux_faibles.sources.contract import (
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
from signaux_faibles.sources.fields import CODE, ISO_DATE, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED

_ID = "^[ABC]([0-9]{8})([0-9]+)$"
_SAID = f"lower(concat_ws(' ', {raw('typeavis')}, {plain_part('jugement', 'type')}))"
_KIND = (
    f"CASE WHEN regexp_full_match({_SAID}, '(avis |d.|annonce|creation|initial|rectificatif|annulation|\\s)*') THEN "
    f"CASE WHEN contains({_SAID}, 'annulation') THEN 'annulation' "
    f"WHEN contains({_SAID}, 'rectificatif') THEN 'rectificatif' ELSE 'annonce' END END"
)
"""Both the notice and its judgment say what kind it is; if they differ, the one that undoes more counts."""
_PERSONS = (raw("registre"), raw("listepersonnes"))
_OTHER_FAMILIES = (
    "creation", "divers", "dpc", "immatriculation", "modification", "radiation", "vente", "creations",
    "annonces_diverses", "depots_des_comptes", "immatriculations", "modifications_diverses", "radiations",
    "ventes_et_cessions",
)  # fmt: skip
"""By their code or their label. Conciliations and rétablissements professionnels are read: a judgment that ends one may
open a collective procedure."""
_FAMILY = f"strip_accents(lower(replace(trim(coalesce({raw('familleavis')}, {raw('familleavis_lib')})), ' ', '_')))"
_JUDGED = f"regexp_matches(coalesce({raw('jugement')}, ''), '\"(nature|complementJugement)\"\\s*:\\s*\"')"
"""A notice of another family holds no judgment; one that does is read, whatever its family."""

BODACC = Contract(
    name="bodacc",
    title="Annonces de procédures collectives publiées au BODACC",
    owner="DILA",
    origin=NOTICES,
    family=Family.OPEN,
    reference="open-data §2.5",
    files=FileNames(
        exact=("annonces-commerciales.csv", "annonces-commerciales.json", "annonces-commerciales.jsonl"),
        pattern=r"annonces-commerciales[-_][\w-]+\.(csv|json|jsonl)",
        downloaded=(r"annonces-commerciales([-_@][\w@-]+)?\.(csv|json|jsonl|ndjson|geojson|parquet)",),
        several=True,
    ),
    dialect=Dialect(separator=";"),
    key="siren",
    due=Due(day=None),
    known_at=KnownAt(column="date_parution"),
    delivery=Delivery.INCREMENT,
    one_row_per_value_of="siren",
    reads=(
        Header("registre", absent=True),
        Header("listepersonnes", absent=True),
        Header("typeavis", absent=True),
        Header("familleavis", absent=True),
        Header("familleavis_lib", absent=True),
        Header("parution", absent=True),
        Header("numeroannonce", absent=True),
        Header("jugement"),
        Header("parutionavisprecedent", absent=True),
    ),
    columns=(
        Column("siren", TEXT, derived=sirens(*_PERSONS), doc="of each person of the notice; unknown for some"),
        Column("id", CODE, "id", required=True, longest=30, doc="letter of the edition, issue, number of the notice"),
        Column("date_parution", ISO_DATE, "dateparution", required=True, doc="day of publication"),
        Column(
            "parution",
            TEXT,
            derived=f"coalesce({raw('parution')}, nullif(regexp_extract(id, '{_ID}', 1), ''))",
            doc="issue, AAAANNNN",
        ),
        Column(
            "numero",
            TEXT,
            derived=f"coalesce({raw('numeroannonce')}, nullif(regexp_extract(id, '{_ID}', 2), ''))",
            doc="number of the notice in its issue",
        ),
        Column("type_avis", TEXT, derived=_KIND, doc="annonce, rectificatif or annulation"),
        Column("famille", TEXT, derived=part("jugement", "famille"), doc="family of judgments, as published"),
        Column("nature", TEXT, derived=part("jugement", "nature"), doc="nature of the judgment, as published"),
        Column("complement", TEXT, derived=part("jugement", "complementJugement"), doc="text of the notice"),
        Column("date_publiee", TEXT, derived=part("jugement", "date"), doc="day of the judgment, as published"),
        Column(
            "date_jugement",
            ISO_DATE,
            derived=judgment_date("date_publiee", "date_parution"),
            doc="day of the judgment; unknown when it is unreadable or cannot be",
        ),
        Column(
            "avis_precedent",
            TEXT,
            derived=earlier_notice("parutionavisprecedent"),
            doc="id of the notice that this one corrects or cancels",
        ),
        Column("tribunal", TEXT, "tribunal", absent=True, doc="court"),
    ),
    skip=(
        Rule(
            "annonce d'une autre famille d'avis",
            f"{_FAMILY} IN ({', '.join(repr(family) for family in _OTHER_FAMILIES)}) AND NOT {_JUDGED}",
        ),
    ),
    refuse=(
        Rule(
            "registre ne porte aucun numéro SIREN de 9 chiffres",
            f"siren IS NULL AND regexp_matches({raw('registre')}, '[0-9]')",
        ),
        Rule("jugement n'est pas un objet JSON", f"NOT {is_one_object('jugement')}"),
        Rule("typeavis n'est ni annonce, ni rectificatif, ni annulation", "type_avis IS NULL"),
    ),
    doubt=(
        Rule("annonce sans SIREN : elle ne peut être rattachée à une entreprise", "siren IS NULL"),
        Rule(f"siren : {ZEROS_RESTORED}", shortened(*_PERSONS)),
        Rule(
            "date de jugement illisible ou impossible : tenue pour inconnue",
            "date_jugement IS NULL AND date_publiee IS NOT NULL",
        ),
    ),
    licence="Licence Ouverte 2.0",
    notes=(
        "Delivered as the export of the open API, in JSON (one list of records, or one record per line) or in CSV. In "
        "JSON the line of a record is its position in the file, from 1.",
        "A notice that names several persons gives a row for each siren, of the RCS or of the répertoire des métiers. "
        "A registration without a digit (« non inscrit ») is not a siren: the notice is kept without one, and counted.",
        "A notice that is refused is not forgotten: the page of the company that it names says that it must be read.",
        "The date of publication, not the date of the judgment, says when an event became known.",
        "Letters encoded twice in UTF-8 are restored when the sequence occurs in no French word.",
        "Editions overlap: a notice delivered twice counts once, by its id.",
    ),
)
