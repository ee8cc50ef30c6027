"""Who directs each company, from the successive documents of the register (open-data §2.9)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per, previous, running_total
from signaux_faibles.relations.schema import Field, Kind, Schema

PERSON, COMPANY = "personne", "entreprise"
_DOCUMENT = ["siren", "batch", "file", "line"]
_WHO = ["nature", "role", "nom", "prenoms", "mois_naissance", "siren_dirigeant", "denomination"]
_MANDATE = ["siren", "mandat_"]


DIRECTORS = Schema(
    "directors",
    (
        Field("siren", Kind.TEXT, "company directed"),
        Field("nature", Kind.TEXT, "personne or entreprise"),
        Field("role", Kind.TEXT, "code of the role in the register"),
        Field("role_libelle", Kind.TEXT, "its label, else the words of the register; NULL for a code of neither"),
        Field("nom", Kind.TEXT, "of a person, at birth"),
        Field("nom_usage", Kind.TEXT, "of a person"),
        Field("prenoms", Kind.TEXT, "of a person, joined by commas"),
        Field("mois_naissance", Kind.TEXT, "of a person, AAAA-MM: the day is not kept"),
        Field("siren_dirigeant", Kind.TEXT, "of a company that directs"),
        Field("denomination", Kind.TEXT, "of a company that directs"),
        Field("debut", Kind.DATE, "start of the role, if the register gives it"),
        Field("known_at", Kind.DATE, "first document that names the director"),
        Field("known_at_assumed", Kind.BOOLEAN, "our first batch, and the document has no date"),
        Field("fin_connue", Kind.DATE, "first later document that no longer names the director; NULL if none"),
        Field("est_actuel", Kind.BOOLEAN, "named in the last document"),
    ),
    ("siren", "nature", "role", "nom", "prenoms", "mois_naissance", "siren_dirigeant", "denomination", "known_at"),
    "who directs each company, and since when we know it",
)


def directors(deliveries: Relation, roles: Relation) -> Relation:
    """The directors of each company, with when the register first named them and when it stopped.

    A document lists all the directors of its company: those missing from a later document have left by then. A document
    without a list of powers is partial and says nothing about directors. A director who comes back has two rows. Among
    several documents of one day the last counts. Two directors are the same if names, month of birth, siren and role
    are equal.

    Args:
        deliveries: staging `rne` of every delivery, with `delivered_at` and `is_first`.
        roles: code, libelle.
    Returns:
        the columns of `DIRECTORS`. A company whose directors were never listed has no row.
    """
    listing = deliveries.filter(nw.col("dirigeants_dits").fill_null(True))
    documents = _documents(listing)
    mandates = _mandates(listing.join(documents, on=_DOCUMENT, how="inner"))
    before = previous("number_", _MANDATE, "number_")
    starts = (before.is_null() | (before < nw.col("number_") - 1)).fill_null(True)
    spelled = mandates.with_columns(start_=nw.when(starts).then(nw.lit(1)).otherwise(nw.lit(0))).with_columns(
        spell_=running_total("start_", _MANDATE, "number_").cast(nw.Int64)
    )
    spells = spelled.group_by(*_MANDATE, "spell_", *_WHO).agg(
        nw.col("nom_usage").max(),
        nw.col("role_precise").max(),
        debut=nw.col("date_effet").min(),
        known_at=nw.col("day_").min(),
        known_at_assumed=(nw.col("assumed_") * nw.col("start_")).max() > 0,
        last_=nw.col("number_").max(),
    )
    following = documents.select("siren", last_=nw.col("number_") - 1, fin_connue=nw.col("day_"))
    labels = roles.select(role=nw.col("code"), label_=nw.col("libelle"))
    return (
        spells.join(following, on=["siren", "last_"], how="left")
        .join(labels, on="role", how="left")
        .with_columns(est_actuel=nw.col("fin_connue").is_null(), role_libelle=nw.coalesce("label_", "role_precise"))
        .select(DIRECTORS.names)
    )


def _documents(deliveries: Relation) -> Relation:
    """The documents that count: `_DOCUMENT`, day_, assumed_ (1 or 0), number_ in the order of days, from 1."""
    undated = nw.col("date_mise_a_jour").is_null()
    documents = deliveries.select(
        *_DOCUMENT,
        # A date after the delivery is an error: the document was known by then.
        day_=nw.when(undated | (nw.col("date_mise_a_jour") > nw.col("delivered_at")))
        .then(nw.col("delivered_at"))
        .otherwise(nw.col("date_mise_a_jour")),
        assumed_=nw.when(undated & nw.col("is_first")).then(nw.lit(1)).otherwise(nw.lit(0)),
        one_=nw.lit(1),
    ).pipe(distinct)
    return (
        last_per(documents, ["siren", "day_"], ["batch", "file", "line"])
        .with_columns(number_=running_total("one_", "siren", "day_").cast(nw.Int64))
        .drop("one_")
    )


def _mandates(rows: Relation) -> Relation:
    """The mandates in each document, once each; `mandat_` identifies them within their company."""
    person = ~nw.col("nom").is_null()
    named = rows.filter(
        nw.col("actif").fill_null(True),
        person | ~nw.col("siren_dirigeant").is_null() | ~nw.col("denomination_dirigeant").is_null(),
    ).with_columns(
        nature=nw.when(person).then(nw.lit(PERSON)).otherwise(nw.lit(COMPANY)), denomination="denomination_dirigeant"
    )
    parts = [nw.col(name).fill_null("") for name in _WHO]
    marked = named.with_columns(mandat_=nw.concat_str(*parts, separator="|"))
    return marked.group_by(*_MANDATE, "number_", "day_", "assumed_", *_WHO).agg(
        nw.col("nom_usage").max(), nw.col("role_precise").max(), nw.col("date_effet").min()
    )
