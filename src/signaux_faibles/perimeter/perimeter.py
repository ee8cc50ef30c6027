"""The perimeter: one row per company and rule, kept or excluded, with the values used (import-chain §6.2, §6.4)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.perimeter.rules import (
    ACTIVITY,
    CURRENT,
    HEAD_OFFICE,
    HEADCOUNT,
    LEGAL_CATEGORY,
    LIST,
    PerimeterRules,
    in_force,
)
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per, last_record_per, month_index, within
from signaux_faibles.relations.schema import TEXT, Kind, table
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2

RECORD = ["batch", "file", "line"]
UNKNOWN_VALUE = "inconnu"
"""What a rule writes for a headcount that it does not know; pages recognise it."""

CANDIDATES = table(
    "candidates",
    ("siren",),
    "what the rules of the perimeter read about each company of the headcount file, or of an explicit list",
    siren=Kind.TEXT,
    listed=Kind.BOOLEAN,
    largest=Kind.INTEGER,
    categorie_juridique=Kind.TEXT,
    activite_principale=Kind.TEXT,
    activite_principale_naf25=Kind.TEXT,
    nomenclature=Kind.TEXT,
    departement=Kind.TEXT,
)


def candidates(
    effectif_ent: Relation, sirene_ul: Relation, sirene: Relation, rules: PerimeterRules = CURRENT
) -> Relation:
    """What the rules read about each company of the headcount file.

    Args:
        effectif_ent, sirene_ul, sirene: staging tables.
    Returns:
        the columns of `CANDIDATES`; `largest`: its greatest headcount in the window of the rules, up to the last month
        that any company has; NULL when it has none there. `nomenclature`: that of the main code of its activity.
    """
    largest = _largest_headcount(effectif_ent, rules.window_months)
    return _described(largest.with_columns(listed=nw.lit(False)), sirene_ul, sirene)


def requested_or_candidates(
    requested: Relation | None,
    effectif_ent: Relation,
    sirene_ul: Relation,
    sirene: Relation,
    rules: PerimeterRules = CURRENT,
) -> Relation:
    """The candidates by headcount, or by the explicit list that the batch delivers.

    Args:
        requested: staging `filter`, None when the batch delivers no list; the others as `candidates`.
    """
    if requested is not None:
        return listed_candidates(requested, sirene_ul, sirene)
    return candidates(effectif_ent, sirene_ul, sirene, rules)


def listed_candidates(requested: Relation, sirene_ul: Relation, sirene: Relation) -> Relation:
    """What the rules read about each company of an explicit list, which replaces the headcounts.

    Args:
        requested: staging `filter`, the SIREN asked for; sirene_ul, sirene: staging tables.
    Returns:
        the columns of `CANDIDATES`.
    """
    companies = requested.select("siren").pipe(distinct)
    asked = companies.with_columns(largest=nw.lit(None, nw.Int32), listed=nw.lit(True))
    return _described(asked, sirene_ul, sirene)


PERIMETER = table(
    "perimeter",
    ("siren", "rule"),
    "why each company of the headcount file is followed or not: kept is the verdict of one rule",
    siren=Kind.TEXT,
    rule=Kind.TEXT,
    kept=Kind.BOOLEAN,
    detail=Kind.TEXT,
)


def perimeter(described: Relation, rules: PerimeterRules = CURRENT) -> Relation:
    """The verdict of each rule on each company of the headcount file, or of an explicit list.

    A company is followed when every rule keeps it. The rules are: `effectif` (ten employees or more in the window), or
    `liste` in its place; `categorie_juridique` and `activite` (not a public body, education, finance…; judged in the
    nomenclature of the main code of the register); `siege` (a head office in France).

    Args:
        described: `CANDIDATES`, written, because each rule reads it.
    Returns:
        siren, rule, kept, detail (the values, in French).
    """
    excludes, values = rules.excludes(), _values(rules)
    return nw.concat(
        [
            described.select("siren", rule=values[name][0], kept=~excluded, detail=values[name][1])
            for name, excluded in excludes.items()
        ]
    )


CLEAN_FILTER = table("clean_filter", ("siren",), "the companies of the perimeter (import-chain §6.5)", siren=TEXT)


def clean_filter(verdicts: Relation) -> Relation:
    """The companies that every rule keeps (import-chain §6.5): siren."""
    refused = verdicts.filter(~nw.col("kept")).select("siren")
    return verdicts.select("siren").pipe(distinct).join(refused, on="siren", how="anti")


EVER_FOLLOWED = table("ever_followed", ("siren",), "companies that were ever followed", siren=Kind.TEXT)


def ever_followed(effectif_ent: Relation, verdicts: Relation) -> Relation:
    """The companies that were ever in the perimeter, with ten employees in any delivered month: siren.

    Those of an explicit list count whatever their headcount. Learning needs the companies that failed years ago, which
    are no longer in today's perimeter (survivorship bias).
    """
    reached = effectif_ent.filter(nw.col("effectif_ent") >= CURRENT.threshold).select("siren")
    asked = verdicts.filter(nw.col("rule") == LIST).select("siren")
    refused = verdicts.filter(~nw.col("kept") & (nw.col("rule") != HEADCOUNT)).select("siren")
    judged = verdicts.select("siren").pipe(distinct)
    either = nw.concat([reached, asked]).pipe(distinct)
    return either.join(judged, on="siren", how="semi").join(refused, on="siren", how="anti")


def _described(companies: Relation, sirene_ul: Relation, sirene: Relation) -> Relation:
    """The companies with what the register says about them."""
    units = last_per(within(sirene_ul, companies), "siren", RECORD).select(
        "siren", "categorie_juridique", NAF_REV2.delivered, NAF_2025.delivered, nomenclature=in_force()
    )
    offices = _head_offices(within(sirene, companies))
    return companies.join(units, on="siren", how="left").join(offices, on="siren", how="left")


def _largest_headcount(effectif_ent: Relation, window_months: int) -> Relation:
    """The greatest headcount of each company in the window; NULL when it has none there."""
    dated = effectif_ent.with_columns(index_=month_index(nw.col("periode")))
    last = dated.select(last_=nw.col("index_").max())
    windowed = dated.join(last, how="cross").filter(nw.col("index_") > nw.col("last_") - window_months)
    values = last_record_per(windowed, effectif_ent, "siren", ["siren", "periode"], RECORD)
    largest = values.group_by("siren").agg(largest=nw.col("effectif_ent").max())
    return effectif_ent.select("siren").pipe(distinct).join(largest, on="siren", how="left")


def _head_offices(sirene: Relation) -> Relation:
    """The department of a head office in France, by company."""
    placed = sirene.filter(nw.col("siege") & ~nw.col("departement").is_null())
    return placed.group_by("siren").agg(departement=nw.col("departement").max())


def _values(rules: PerimeterRules) -> dict[str, tuple[nw.Expr, nw.Expr]]:
    """For each rule, the name it goes by and the values that it judged, in French."""
    listed = nw.col("listed")
    largest = nw.concat_str(
        nw.lit(f"effectif maximal sur {rules.window_months} mois : "),
        nw.col("largest").cast(nw.String).fill_null(UNKNOWN_VALUE),
    )
    rev2, naf25 = nw.col(NAF_REV2.delivered), nw.col(NAF_2025.delivered)
    code = nw.when(nw.col("nomenclature") == NAF_2025.name).then(naf25).otherwise(rev2)
    category, department = nw.col("categorie_juridique"), nw.col("departement")
    return {
        HEADCOUNT: (
            nw.when(listed).then(nw.lit(LIST)).otherwise(nw.lit(HEADCOUNT)),
            nw.when(listed).then(nw.lit("demandée par le fichier")).otherwise(largest),
        ),
        LEGAL_CATEGORY: (
            nw.lit(LEGAL_CATEGORY),
            nw.concat_str(nw.lit("catégorie juridique "), category.fill_null("inconnue")),
        ),
        ACTIVITY: (nw.lit(ACTIVITY), nw.concat_str(nw.lit("activité "), code.fill_null("inconnue"))),
        HEAD_OFFICE: (
            nw.lit(HEAD_OFFICE),
            nw.concat_str(nw.lit("siège : "), department.fill_null("aucun connu en France")),
        ),
    }
