"""The tables made of the files of the DGFiP and of the Banque de France: families `fiscal` and `bdf`."""

from __future__ import annotations

from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.fiscal import liasse_dgfip, ratios_bdf

_KNOWN = (
    Field("known_at", Kind.DATE, "first delivery that tells these values, else the day assumed"),
    Field("known_at_assumed", Kind.BOOLEAN, "no delivery says since when"),
)

FISCAL_ACCOUNTS = Schema(
    "fiscal_accounts",
    (
        Field("siren", Kind.TEXT),
        Field("date_deb_exercice", Kind.DATE, "first day of the exercice"),
        Field("date_fin_exercice", Kind.DATE, "last day of the exercice"),
        Field("no_ocfi", Kind.TEXT, "number of the declaration"),
        Field("annee_exercice", Kind.INTEGER, "year of the exercice"),
        Field("duree_exercice", Kind.INTEGER, "length of the exercice, to the nearest month", "mois"),
        *(Field(name, Kind.EUROS, doc, "euro") for name, doc in liasse_dgfip.AMOUNTS.items()),
        *(Field(name, Kind.REAL, doc, unit) for name, (unit, doc) in liasse_dgfip.RATIOS.items()),
        Field("variables_connues", Kind.INTEGER, "variables that the declaration tells"),
        *_KNOWN,
        Field("cloture_future", Kind.BOOLEAN, "the exercice ends after it was told: never retained"),
        Field(
            "est_retenu", Kind.BOOLEAN, "the declaration retained for its exercice: the one that tells most, then last"
        ),
    ),
    ("siren", "date_fin_exercice", "date_deb_exercice", "no_ocfi", "known_at"),
    "tax accounts, one row for each content that a declaration had",
)

TAX_ARREARS = Schema(
    "tax_arrears",
    (
        Field("siren", Kind.TEXT),
        Field("date_situation", Kind.DATE, "day on which arrears are counted"),
        Field("nature_impot", Kind.TEXT, "tax"),
        Field("creances", Kind.INTEGER, "claims"),
        Field("montant_initial", Kind.EUROS, "due at first; NULL where some claim does not tell", "euro"),
        Field("montant_restant", Kind.EUROS, "still due that day", "euro"),
        Field("montant_en_sursis", Kind.EUROS, "part whose payment is suspended", "euro"),
        Field("plus_ancienne_exigibilite", Kind.DATE, "oldest day from which a claim could be made"),
        *_KNOWN,
        Field("est_derniere", Kind.BOOLEAN, "the last version of the last day told of the company and tax"),
    ),
    ("siren", "date_situation", "nature_impot", "known_at"),
    "tax arrears by company, day and tax; a row of zeros where they have been paid",
)

VAT_BY_MONTH = Schema(
    "vat_by_month",
    (
        Field("siren", Kind.TEXT),
        Field("periode", Kind.DATE, "first day of the month"),
        Field("formulaire", Kind.TEXT, "CA3 or CA12"),
        Field("date_debut", Kind.DATE, "first day declared"),
        Field("date_fin", Kind.DATE, "last day declared"),
        Field("mois_declares", Kind.INTEGER, "months of the declaration, which share its amounts", "mois"),
        Field("chiffre_affaires", Kind.EUROS, "taxable turnover of the month", "euro"),
        Field("tva_brute", Kind.EUROS, "tax collected", "euro"),
        Field("tva_deductible", Kind.EUROS, "tax paid to suppliers", "euro"),
        Field("tva_nette", Kind.EUROS, "tax due", "euro"),
        Field("known_at", Kind.DATE, "day of the declaration"),
        Field("jours_apres_periode", Kind.INTEGER, "days between the end of the period and the declaration", "jour"),
        Field("est_derniere", Kind.BOOLEAN, "the last declaration of its period"),
    ),
    ("siren", "periode", "formulaire", "date_debut", "date_fin", "known_at"),
    "turnover and VAT by month, as declared and as corrected",
)

BDF_RATIOS = Schema(
    "bdf_ratios",
    (
        Field("siren", Kind.TEXT),
        Field("arrete_bilan_bdf", Kind.DATE, "end of the exercice"),
        Field("annee_bdf", Kind.INTEGER, "year of the exercice"),
        *(Field(name, Kind.REAL, doc, unit) for name, (unit, doc) in ratios_bdf.RATIOS.items()),
        *_KNOWN,
        Field("cloture_future", Kind.BOOLEAN, "the exercice ends after it was told: never retained"),
        Field("est_retenu", Kind.BOOLEAN, "the last told of its exercice"),
    ),
    ("siren", "arrete_bilan_bdf", "known_at"),
    "ratios of the Banque de France, one row for each value that an exercice had",
)

ALL: dict[str, Schema] = {schema.name: schema for schema in (FISCAL_ACCOUNTS, TAX_ARREARS, VAT_BY_MONTH, BDF_RATIOS)}
