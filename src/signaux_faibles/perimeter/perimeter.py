"""The perimeter: one row per company and rule, kept or excluded, on which values (import-chain §6.2, §6.4, W34)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.exclusions import LEGAL_CATEGORIES, NAF_2025, NAF_REV2
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import last_per, month_index, within
from signaux_faibles.relations.schema import Kind, table

WINDOW_MONTHS = 36
THRESHOLD = 10
HEADCOUNT, LIST, LEGAL_CATEGORY = "effectif", "liste", "categorie_juridique"
ACTIVITY, HEAD_OFFICE = "activite", "siege"

PERIMETER = table(
    "perimeter",
    ("siren", "rule"),
    "why each company of the headcount file is followed or not: kept is the verdict of one rule",
    siren=Kind.TEXT,
    rule=Kind.TEXT,
    kept=Kind.BOOLEAN,
    detail=Kind.TEXT,
)

EVER_FOLLOWED = table("ever_followed", ("siren",), "companies that were followed at one time at least", siren=Kind.TEXT)


def perimeter(effectif_ent: Relation, sirene_ul: Relation, sirene: Relation) -> Relation:
    """The verdict of each rule on each company of the headcount file.

    A company is followed when every rule keeps it. Rules: `effectif` (ten employees or more in one of the 36 months up
    to the last month that any company has); `categorie_juridique` and `activite` (not a public body, nor education,
    finance…; NAF rév. 2 where known, else NAF 2025); `siege` (a head office in France).

    Args:
        effectif_ent, sirene_ul, sirene: staging tables.
    Returns:
        siren, rule, kept, detail (the values, in French).
    """
    companies = _largest_headcount(effectif_ent)
    return nw.concat([_by_headcount(companies), *_by_register(companies, sirene_ul, sirene)])


def explicit_perimeter(requested: Relation, sirene_ul: Relation, sirene: Relation) -> Relation:
    """The verdict of each rule on each company of an explicit list, which stands in place of the headcounts.

    Args:
        requested: staging `filter`, the SIREN asked for; sirene_ul, sirene: staging tables.
    Returns:
        as `perimeter`, the rule `liste` in place of `effectif`.
    """
    companies = requested.select("siren").unique()
    asked = companies.select("siren", rule=nw.lit(LIST), kept=nw.lit(True), detail=nw.lit("demandée par le fichier"))
    return nw.concat([asked, *_by_register(companies, sirene_ul, sirene)])


def clean_filter(verdicts: Relation) -> Relation:
    """The companies that every rule keeps (import-chain §6.5): siren."""
    refused = verdicts.filter(~nw.col("kept")).select("siren")
    return verdicts.select("siren").unique().join(refused, on="siren", how="anti")


def ever_followed(effectif_ent: Relation, verdicts: Relation) -> Relation:
    """The companies that were in the perimeter at one time at least: ten employees in any month delivered: siren.

    Those of an explicit list are counted whatever their headcount.

    Learning needs those that failed years ago: today's perimeter has forgotten them (survivorship).
    """
    reached = effectif_ent.filter(nw.col("effectif_ent") >= THRESHOLD).select("siren")
    asked = verdicts.filter(nw.col("rule") == LIST).select("siren")
    refused = verdicts.filter(~nw.col("kept") & (nw.col("rule") != HEADCOUNT)).select("siren")
    judged = verdicts.select("siren").unique()
    either = nw.concat([reached, asked]).unique()
    return either.join(judged, on="siren", how="semi").join(refused, on="siren", how="anti")


def excluded_legal_category() -> nw.Expr:
    """Whether `categorie_juridique` is one that is not followed; an unknown one is (import-chain §6.4)."""
    return nw.col("categorie_juridique").fill_null("").is_in(LEGAL_CATEGORIES)


def excluded_activity() -> nw.Expr:
    """Whether `activite_principale`, or without it `activite_principale_naf25`, is not followed (import-chain §6.4)."""
    rev2, naf25 = nw.col("activite_principale"), nw.col("activite_principale_naf25")
    return nw.when(rev2.is_null()).then(naf25.fill_null("").is_in(NAF_2025)).otherwise(rev2.is_in(NAF_REV2))


def without_head_office() -> nw.Expr:
    """Whether no head office is known in France: `departement` is NULL (import-chain §6.4)."""
    return nw.col("departement").is_null()


def _by_register(companies: Relation, sirene_ul: Relation, sirene: Relation) -> list[Relation]:
    """The verdicts that rest on the register."""
    units = last_per(within(sirene_ul, companies), "siren", ["batch", "file", "line"]).select(
        "siren", "categorie_juridique", "activite_principale", "activite_principale_naf25"
    )
    described = companies.join(units, on="siren", how="left").join(
        _head_offices(within(sirene, companies)), on="siren", how="left"
    )
    return [_by_legal_category(described), _by_activity(described), _by_head_office(described)]


def _largest_headcount(effectif_ent: Relation) -> Relation:
    """The greatest headcount of each company over the window; NULL when it has none there."""
    dated = effectif_ent.with_columns(index_=month_index(nw.col("periode")))
    last = dated.select(last_=nw.col("index_").max())
    windowed = dated.join(last, how="cross").filter(nw.col("index_") > nw.col("last_") - WINDOW_MONTHS)
    values = last_per(windowed, ["siren", "periode"], ["batch", "file", "line"])
    largest = values.group_by("siren").agg(largest=nw.col("effectif_ent").max())
    return effectif_ent.select("siren").unique().join(largest, on="siren", how="left")


def _head_offices(sirene: Relation) -> Relation:
    """The department of a head office in France, by company."""
    placed = sirene.filter(nw.col("siege") & ~nw.col("departement").is_null())
    return placed.group_by("siren").agg(departement=nw.col("departement").max())


def _by_headcount(companies: Relation) -> Relation:
    known = nw.col("largest").fill_null(0)
    detail = nw.concat_str(
        nw.lit("effectif maximal sur 36 mois : "), nw.col("largest").cast(nw.String).fill_null("inconnu")
    )
    return _verdict(companies, HEADCOUNT, known >= THRESHOLD, detail)


def _by_legal_category(described: Relation) -> Relation:
    category = nw.col("categorie_juridique")
    detail = nw.concat_str(nw.lit("catégorie juridique "), category.fill_null("inconnue"))
    return _verdict(described, LEGAL_CATEGORY, ~excluded_legal_category(), detail)


def _by_activity(described: Relation) -> Relation:
    rev2, naf25 = nw.col("activite_principale"), nw.col("activite_principale_naf25")
    detail = nw.concat_str(nw.lit("activité "), nw.coalesce(rev2, naf25).fill_null("inconnue"))
    return _verdict(described, ACTIVITY, ~excluded_activity(), detail)


def _by_head_office(described: Relation) -> Relation:
    department = nw.col("departement")
    detail = nw.concat_str(nw.lit("siège : "), department.fill_null("aucun connu en France"))
    return _verdict(described, HEAD_OFFICE, ~without_head_office(), detail)


def _verdict(companies: Relation, rule: str, kept: nw.Expr, detail: nw.Expr) -> Relation:
    return companies.select("siren", rule=nw.lit(rule), kept=kept, detail=detail)
