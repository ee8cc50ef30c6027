"""The last tax accounts of a company that count in each month (model §3.8)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import following, last_per, month_index, previous, spread_months
from signaux_faibles.relations.schema import Field, Kind, Schema

OLDEST = 30
"""Accounts count for that many months after their closing; by then those of the next exercice are nine months late."""
A_YEAR = (10, 14)
"""Months between two closings that compare as a year."""
PERCENT, DAYS = 100.0, 360.0

RATIO_FEATURES = (
    Field("marge_ebe", Kind.REAL, "gross operating surplus over turnover", "%"),
    Field("caf_sur_ca", Kind.REAL, "self-financing capacity over turnover", "%"),
    Field("rentabilite_economique", Kind.REAL, "gross operating surplus over equity and financial debts", "%"),
    Field("solidite_financiere", Kind.REAL, "equity over total assets", "%"),
    Field("liquidite_reduite", Kind.REAL, "current assets without stocks over short-term debts", "%"),
    Field("tresorerie_jours", Kind.REAL, "net cash, in days of turnover", "day"),
    Field("bfr_jours", Kind.REAL, "working capital need, in days of turnover", "day"),
    Field("endettement_net_sur_ca", Kind.REAL, "net debt over turnover of a year", "%"),
    Field("credit_fournisseurs_jours", Kind.REAL, "days of suppliers' credit", "day"),
    Field("credit_clients_jours", Kind.REAL, "days of customers' credit", "day"),
    Field("personnel_sur_va", Kind.REAL, "wages and social charges over value added", "%"),
)
CHANGE_FEATURES = (
    Field("evolution_ca", Kind.REAL, "relative change of the yearly turnover since the exercice before"),
    Field("evolution_marge_ebe", Kind.REAL, "change of marge_ebe since the exercice before", "point"),
)
ACCOUNT_FEATURES = (
    *RATIO_FEATURES,
    *CHANGE_FEATURES,
    Field("capitaux_propres_faibles", Kind.BOOLEAN, "equity below half of the share capital"),
    Field("comptes_anciennete", Kind.INTEGER, "from the closing of the last accounts that count to M", "month"),
    Field("comptes_known_at", Kind.DATE, "when these accounts became known"),
    Field("comptes_assumed", Kind.REAL, "1 when that day is assumed, else 0"),
)

PANEL_ACCOUNTS = Schema(
    "panel_accounts",
    (Field("siren", Kind.TEXT), Field("periode", Kind.DATE), *ACCOUNT_FEATURES),
    ("siren", "periode"),
    "the last tax accounts of each company that count in each month",
)


def accounts_as_known(fiscal_accounts: Relation, lag_days: int, calendar: Calendar) -> Relation:
    """The ratios of the last accounts that count at the end of each month.

    Accounts count from the day on which they became known, and never before `lag_days` after their closing. Without
    this rule, months before our first batch, whose days are assumed, would have older accounts than the month scored,
    whose accounts were delivered early: a model would learn from the former and be applied to the latter. An older
    exercice that becomes known late never replaces a newer one. Unknown amounts leave their ratios NULL.

    Args:
        fiscal_accounts: `FISCAL_ACCOUNTS`.
        lag_days: the documented lag between a closing and the day by which nearly all accounts are declared.
    Returns:
        the columns of `PANEL_ACCOUNTS`; no row where no accounts count.
    """
    measured = _measured(_newest(fiscal_accounts, lag_days))
    bounded = measured.with_columns(
        stop_=nw.min_horizontal(following("start_", "siren", "start_"), nw.col("closed_") + OLDEST)
    ).filter(nw.col("start_") < nw.col("stop_"))
    months = spread_months(bounded, "start_", "stop_", calendar)
    return months.with_columns(comptes_anciennete=month_index(nw.col("periode")) - nw.col("closed_"))


def _newest(fiscal_accounts: Relation, lag_days: int) -> Relation:
    """The accounts in the order in which they count: start_ (index of a month) increases, closings never decrease."""
    closing = nw.col("date_fin_exercice")
    possible = fiscal_accounts.filter(~nw.col("cloture_future").fill_null(False)).with_columns(
        closed_=month_index(closing),
        start_=month_index(nw.max_horizontal(nw.col("known_at"), closing.dt.offset_by(f"{lag_days}d").cast(nw.Date))),
    )
    order = ["closed_", "date_fin_exercice", "variables_connues", "known_at", "date_deb_exercice", "no_ocfi"]
    one_a_month = last_per(possible, ["siren", "start_"], order)
    newest = one_a_month.with_columns(newest_=nw.col("closed_").cum_max().over("siren", order_by="start_"))
    return newest.filter(nw.col("closed_") == nw.col("newest_"))


def _measured(accounts: Relation) -> Relation:
    """The ratios of accounts, and their changes since the exercice that counted before."""
    turnover, yearly = _amount("mnt_af_ca"), _yearly_turnover()
    equity, capital = _amount("d_passf_142_k_propres"), _amount("d_passf_120_k")
    ratios = accounts.with_columns(
        marge_ebe=_over(_amount("mnt_af_sig_ebe_ret"), turnover) * PERCENT,
        caf_sur_ca=nw.col("rto_6"),
        rentabilite_economique=nw.col("rto_af_rent_eco") * PERCENT,
        solidite_financiere=nw.col("rto_af_solidite_financiere") * PERCENT,
        liquidite_reduite=nw.col("rto_56"),
        tresorerie_jours=_over(_amount("mnt_af_bfonc_tresorerie"), yearly) * DAYS,
        bfr_jours=_over(_amount("mnt_af_bfonc_bfr"), yearly) * DAYS,
        endettement_net_sur_ca=_over(_amount("mnt_af_endettement_net"), yearly) * PERCENT,
        credit_fournisseurs_jours=nw.col("nbr_af_jours_reglt_fourn"),
        credit_clients_jours=nw.col("nbr_af_jours_creance_cli"),
        personnel_sur_va=_over(_amount("d_cr_250") + _amount("d_cr_252"), _amount("mnt_af_sig_va_ret")) * PERCENT,
        capitaux_propres_faibles=equity < capital / 2,
        turnover_=yearly,
        comptes_known_at=nw.col("known_at"),
        comptes_assumed=nw.when(nw.col("known_at_assumed")).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
    )
    before = {name: previous(name, "siren", "start_") for name in ("turnover_", "marge_ebe", "closed_")}
    compared = ratios.with_columns(*(expression.alias(f"before_{name}") for name, expression in before.items()))
    elapsed = nw.col("closed_") - nw.col("before_closed_")
    a_year = (elapsed >= A_YEAR[0]) & (elapsed <= A_YEAR[1])
    return compared.with_columns(
        evolution_ca=nw.when(a_year).then(_over(nw.col("turnover_"), nw.col("before_turnover_")) - 1),
        evolution_marge_ebe=nw.when(a_year).then(nw.col("marge_ebe") - nw.col("before_marge_ebe")),
    )


def _yearly_turnover() -> nw.Expr:
    """The turnover of twelve months; NULL when the length of the exercice is unknown."""
    return _over(_amount("mnt_af_ca") * 12, nw.col("duree_exercice").cast(nw.Float64))


def _amount(name: str) -> nw.Expr:
    return nw.col(name).cast(nw.Float64)


def _over(amount: nw.Expr, divisor: nw.Expr) -> nw.Expr:
    """A quotient; NULL when the divisor is not positive, since it would mean nothing."""
    return amount / nw.when(divisor > 0).then(divisor)
