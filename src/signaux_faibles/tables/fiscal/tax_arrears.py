"""Tax arrears by company, day and tax (open-data §2.1; our own contract, see `docs/sources/rar_dgfip.md`)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.exact_shares import from_units, in_units
from signaux_faibles.relations.helpers import distinct, following, previous
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.as_known import KNOWN_BY_DELIVERY, first_known

KEY = ["siren", "date_situation", "nature_impot"]
AMOUNTS = ["montant_initial", "montant_restant", "montant_en_sursis"]
VALUES = ["creances", *AMOUNTS, "plus_ancienne_exigibilite"]
_DAY = ["date_situation", "batch", "delivered_at", "is_first"]


TAX_ARREARS = Schema(
    "tax_arrears",
    (
        Field("siren", Kind.TEXT),
        Field("date_situation", Kind.DATE, "day on which arrears are counted"),
        Field("nature_impot", Kind.TEXT, "tax"),
        Field("creances", Kind.INTEGER, "claims"),
        Field("montant_initial", Kind.EUROS, "originally due; NULL if one of the claims does not give it", "euro"),
        Field("montant_restant", Kind.EUROS, "still due that day", "euro"),
        Field("montant_en_sursis", Kind.EUROS, "part whose payment is suspended", "euro"),
        Field("plus_ancienne_exigibilite", Kind.DATE, "oldest day from which a claim could be made"),
        *KNOWN_BY_DELIVERY,
        Field("est_derniere", Kind.BOOLEAN, "the last version of the last known day of the company and tax"),
    ),
    ("siren", "date_situation", "nature_impot", "known_at"),
    "tax arrears by company, day and tax; a row of zeros where they have been paid",
)


def tax_arrears(deliveries: Relation, lag_days: int) -> Relation:
    """The arrears of each company on each delivered day, by tax.

    A file lists all the arrears of its day: a company that had arrears on the previous day, or in an earlier version of
    the file, and has no row owes nothing and gets a row of zeros. A day delivered again replaces its earlier version
    from then on; the earlier values stay, with the day on which they became known.

    Args:
        deliveries: staging `rar_dgfip` of every delivery, with `delivered_at` and `is_first`.
    Returns:
        the columns of `TAX_ARREARS`; amounts in euros.
    """
    arrears = _added(deliveries)
    situations = first_known(nw.concat([arrears, _paid(arrears)]), KEY, VALUES, "date_situation", lag_days)
    last = following("creances", ["siren", "nature_impot"], ["date_situation", "known_at"]).is_null()
    euros = (from_units(nw.col(amount)) for amount in AMOUNTS)
    return situations.with_columns(*euros, est_derniere=last).select(TAX_ARREARS.names)


def _added(deliveries: Relation) -> Relation:
    """The total claims of a company, day and tax in each batch that has them; amounts in units."""
    claims = deliveries.with_columns(
        *(in_units(nw.col(amount)).alias(amount) for amount in AMOUNTS[:2]),
        without_initial_=nw.when(nw.col("montant_initial").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)),
    ).with_columns(
        montant_en_sursis=nw.when(nw.col("sursis").fill_null(False)).then("montant_restant").otherwise(nw.lit(0))
    )
    sums = claims.group_by(*KEY, *_DAY[1:]).agg(
        *(nw.col(amount).sum().cast(nw.Int64) for amount in AMOUNTS),
        nw.col("without_initial_").max(),
        nw.col("date_exigibilite").min().alias("plus_ancienne_exigibilite"),
        nw.col("file").max(),
        nw.col("line").max(),
        creances=nw.len(),
    )
    return sums.with_columns(
        nw.col("creances").cast(nw.Int64),
        montant_initial=nw.when(nw.col("without_initial_") == 0).then(nw.col("montant_initial")),
    ).select(*KEY, *VALUES, *_DAY[1:], "file", "line")


def _paid(arrears: Relation) -> Relation:
    """A row of zeros for each company and tax that a delivered day no longer lists."""
    days = arrears.select(*_DAY).pipe(distinct)
    before = days.select("date_situation").pipe(distinct).with_columns(one_=nw.lit(1))
    before = before.with_columns(before_=previous("date_situation", "one_", "date_situation")).drop("one_")
    holders = arrears.select(*KEY).pipe(distinct)
    since = days.join(before, on="date_situation", how="inner").join(
        holders, left_on="before_", right_on="date_situation", how="inner"
    )
    again = days.join(holders, on="date_situation", how="inner")
    columns = [*KEY, *_DAY[1:]]
    expected = nw.concat([since.select(columns), again.select(columns)]).pipe(distinct)
    zeros = {name: nw.lit(0).cast(nw.Int64) for name in ("creances", *AMOUNTS)}
    return (
        expected.join(arrears.select(columns), on=columns, how="anti")
        .with_columns(
            plus_ancienne_exigibilite=nw.lit(None, nw.Date), file=nw.lit(""), line=nw.lit(0).cast(nw.Int64), **zeros
        )
        .select(arrears.collect_schema().names())
    )
