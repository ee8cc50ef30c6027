"""The table of the directors of companies (open-data §2.9, §2.10)."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind, Schema

DIRECTORS = Schema(
    "directors",
    (
        Field("siren", Kind.TEXT, "company directed"),
        Field("nature", Kind.TEXT, "personne or entreprise"),
        Field("role", Kind.TEXT, "code of the role in the register"),
        Field("role_libelle", Kind.TEXT, "its label; NULL for a code that we do not know"),
        Field("nom", Kind.TEXT, "of a person, at birth"),
        Field("nom_usage", Kind.TEXT, "of a person"),
        Field("prenoms", Kind.TEXT, "of a person, joined by commas"),
        Field("mois_naissance", Kind.TEXT, "of a person, AAAA-MM: the day is not kept"),
        Field("siren_dirigeant", Kind.TEXT, "of a company that directs"),
        Field("denomination", Kind.TEXT, "of a company that directs"),
        Field("debut", Kind.DATE, "start of the role, where the register tells it"),
        Field("known_at", Kind.DATE, "first document that names the director"),
        Field("known_at_assumed", Kind.BOOLEAN, "our first batch, and the document has no date"),
        Field("fin_connue", Kind.DATE, "first later document that names the director no more; NULL if none"),
        Field("est_actuel", Kind.BOOLEAN, "named in the last document"),
    ),
    ("siren", "nature", "role", "nom", "prenoms", "mois_naissance", "siren_dirigeant", "denomination", "known_at"),
    "who directs each company, and since when it is known",
)
