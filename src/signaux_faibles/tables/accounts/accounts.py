"""Annual accounts: from the liasses filed to comparable amounts (open-data §2.8, §2.12)."""

from __future__ import annotations

from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.liasse import Form
from signaux_faibles.tables.accounts.cells import (
    DELIVERED,
    IDENTITY,
    KNOWN,
    TYPES,
    rank_of_type,
)
from signaux_faibles.tables.accounts.columns import (
    BROKEN_FIELD,
    FILING_FIELDS,
    FLAGS_OF_OTHER_FILINGS,
    KEY_FIELDS,
    LINEAGE_FIELDS,
    SORT,
    STATE_FIELDS,
    WINNER_FIELDS,
    formula_text,
)
from signaux_faibles.tables.accounts.delivered_again import last_delivered
from signaux_faibles.tables.accounts.formulas import AGGREGATES, HEADCOUNT, Aggregate
from signaux_faibles.tables.accounts.quality import (
    ANOMALIES,
    FILING_ORDER,
    THOUSAND,
    amount_is_doubtful,
    anomalies,
    any_capped,
    broken_identities,
    capped,
    headcount_is_doubtful,
    lines_are_missing,
    numbered,
    sign_is_doubtful,
    turnover_per_employee_is_doubtful,
    with_units,
)
from signaux_faibles.tables.accounts.state import is_typed, state_of_the_liasse, state_of_the_profit_and_loss
from signaux_faibles.tables.accounts.values import of_its_form, prepared, value_of


def _amounts(aggregate: Aggregate) -> tuple[Field, ...]:
    name, formula = aggregate.name, formula_text(aggregate)
    fields = [
        Field(f"{name}_depose", Kind.EUROS, f"as filed, {formula}", "euro"),
        Field(name, Kind.EUROS, f"corrected, {formula}", "euro"),
    ]
    if aggregate.flow:
        fields.append(Field(f"{name}_12m", Kind.EUROS, "the same over twelve months", "euro"))
    return tuple(fields)


ACCOUNTS_AS_FILED = Schema(
    "accounts_as_filed",
    (
        *KEY_FIELDS,
        *FILING_FIELDS,
        *STATE_FIELDS,
        *(
            Field(f"{aggregate.name}_depose", Kind.BIGINT, f"as filed, {formula_text(aggregate)}", "euro")
            for aggregate in AGGREGATES
        ),
        *(Field(f"{aggregate.name}_plafonne", Kind.BOOLEAN, "a cell is at the cap") for aggregate in AGGREGATES),
        *(Field(flag, Kind.BOOLEAN, said) for flag, said in ANOMALIES.items() if flag not in FLAGS_OF_OTHER_FILINGS),
        BROKEN_FIELD,
        *LINEAGE_FIELDS,
    ),
    SORT,
    "annual accounts as filed, one row per filing",
)


def accounts_as_filed(cells: Relation) -> Relation:
    """The amounts of each filing as filed, and the flags that one filing alone can raise.

    An amount on a page that was not filed is NULL; `compte_de_resultat` says whether it was withheld or is missing. A
    filing delivered several times counts once, as delivered last.

    Args:
        cells: `account_cells`, written: its columns are read many times.
    Returns:
        one row per filing, in the columns of `ACCOUNTS_AS_FILED`; `<aggregate>_plafonne`: whether a
        cell of the amount is at the cap of 32-bit integers.
    """
    duration = nw.col("duree_exercice")
    has_duration = (duration > 0).fill_null(False)
    heads = of_its_form(*(value_of(HEADCOUNT[form], form) for form in Form))
    doubtful = headcount_is_doubtful(heads)
    filings = prepared(last_delivered(cells))
    return filings.select(
        *IDENTITY,
        *KNOWN,
        *DELIVERED,
        *(_filed(aggregate).alias(f"{aggregate.name}_depose") for aggregate in AGGREGATES),
        *(capped(aggregate).alias(f"{aggregate.name}_plafonne") for aggregate in AGGREGATES),
        liasse=state_of_the_liasse(),
        compte_de_resultat=state_of_the_profit_and_loss(),
        effectif_moyen=nw.when(~doubtful).then(heads),
        effectif_suspect=doubtful,
        montant_suspect=reduce(or_, (amount_is_doubtful(_as_typed(aggregate)) for aggregate in AGGREGATES)),
        plafonne=any_capped(),
        identites_rompues=broken_identities(),
        lignes_absentes=lines_are_missing(),
        signe_suspect=sign_is_doubtful(),
        duree_inconnue=~has_duration,
        duree_irreguliere=has_duration & (duration != 12),
        devise_etrangere=(nw.col("devise") != "EUR").fill_null(False),
        cloture_future=(nw.col("known_at") < nw.col("date_cloture")).fill_null(False),
    )


ACCOUNTS = Schema(
    "accounts",
    (
        *KEY_FIELDS,
        *FILING_FIELDS,
        *STATE_FIELDS,
        *WINNER_FIELDS,
        *(field for aggregate in AGGREGATES for field in _amounts(aggregate)),
        *(Field(flag, Kind.BOOLEAN, said) for flag, said in ANOMALIES.items()),
        BROKEN_FIELD,
        Field("anomalies", Kind.TEXT, "all flags in French, joined by « ; »"),
        *LINEAGE_FIELDS,
    ),
    SORT,
    "annual accounts as filed and as corrected, one row per filing",
)


def accounts(as_filed: Relation) -> Relation:
    """The accounts of each filing: amounts as filed, as corrected, and brought to twelve months, with their flags.

    An amount as filed is never changed: the corrected amount stands beside it, with the reason in `anomalies`. The
    corrected amount is NULL where a cell is at the cap of 32-bit integers, and 1,000 times the filed amount where the
    accounts are in thousands. Flows, but not stocks, are brought to twelve months: × 12 / months, rounded to the euro.

    Args:
        as_filed: `accounts_as_filed`, written.
    Returns:
        one row per filing, in the columns of `ACCOUNTS`. Every filing is there: see `retained`.
    """
    flagged = with_units(as_filed).with_columns(
        montant_suspect=reduce(or_, map(amount_is_doubtful, map(_in_euros, AGGREGATES)), nw.col("montant_suspect")),
        par_tete_suspect=turnover_per_employee_is_doubtful(),
        identite_rompue=~nw.col("identites_rompues").is_null(),
    )
    corrected = flagged.with_columns(*map(_corrected, AGGREGATES), anomalies=anomalies())
    return retained(corrected.with_columns(*(_over_twelve_months(one) for one in AGGREGATES if one.flow)))


def retained(filings: Relation) -> Relation:
    """The filings with `est_dernier_depot` and `est_retenu` (open-data §2.12, rule 2).

    Among filings of the same exercice and type the latest wins; among types, consolidated accounts (K) win over
    complete (C), then simplified (S). A filing without a liasse is retained only when no other has one. A filing known
    before its closing is kept apart and never retained: it would be the last exercice of its company for years, or be
    known too early. To find which filing was retained on a day, pass the filings known on that day.

    Args:
        filings: `accounts`, or some of its rows.
    """
    exercice = ["siren", "date_cloture"]
    future = nw.col("cloture_future").fill_null(False)
    ranked = nw.when(is_typed()).then(rank_of_type()).otherwise(rank_of_type() - len(TYPES))
    return (
        numbered(filings)
        .with_columns(rank_=nw.when(future).then(nw.lit(-len(TYPES))).otherwise(ranked))
        .with_columns(
            est_dernier_depot=following("line", [*exercice, "type_bilan"], FILING_ORDER).is_null(),
            est_retenu=following("line", exercice, ["rank_", *FILING_ORDER]).is_null() & ~future,
        )
        .drop("rank_", "numero_")
    )


def _as_typed(aggregate: Aggregate) -> nw.Expr:
    return of_its_form(*(value_of(aggregate.formula(form), form) for form in Form))


def _filed(aggregate: Aggregate) -> nw.Expr:
    amount = _as_typed(aggregate)
    return nw.when(~amount_is_doubtful(amount)).then(amount)


def _in_euros(aggregate: Aggregate) -> nw.Expr:
    amount = nw.col(f"{aggregate.name}_depose")
    return nw.when(nw.col("en_milliers")).then(amount * THOUSAND).otherwise(amount)


def _corrected(aggregate: Aggregate) -> nw.Expr:
    amount = _in_euros(aggregate)
    sound = ~nw.col(f"{aggregate.name}_plafonne") & ~amount_is_doubtful(amount)
    return nw.when(sound).then(amount).alias(aggregate.name)


def _over_twelve_months(aggregate: Aggregate) -> nw.Expr:
    months = nw.col("duree_exercice")
    year = (nw.col(aggregate.name) * 12).cast(nw.Float64) / months
    return nw.when(months > 0).then(year.round(0)).alias(f"{aggregate.name}_12m")
