"""How judgments are published and how payments to suppliers are watched, each figure with where it comes from.

[S] stated by a public source, [E] estimate made for the product, as in `parameters`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bodacc:
    """How BODACC publishes judgments; shares of the notices unless stated otherwise."""

    days: tuple[float, float, int] = (2.45, 0.45, 75)  # log-normal days until publication, longest [S: days to weeks]
    shortest: int = 3  # days [E]
    never_published: float = 0.015  # judgments that BODACC misses [E]
    other_day: float = 0.10  # Urssaf's day is the effect on the account: up to…
    other_day_most: int = 12  # …that many days apart [E]
    without_siren: float = 0.07  # [S: about 93 % carry one]
    doubly_encoded: float = 0.03  # before 2017 [E]
    unreadable_day: float = 0.002  # [E]
    no_day: float = 0.003  # [E]
    otherwise_worded: float = 0.02  # « Autre jugement… », the complement says which [E]
    accelerated: float = 0.06  # of the openings of sauvegarde [E]
    plan_end_published: float = 0.30  # ends of plans that are published [E]
    corrected: float = 0.02  # [E]
    published_twice: float = 0.004  # published a second time, then cancelled [E]
    earlier_named: float = 0.80  # corrections and cancellations that name the notice that they undo [E]
    retracted: float = 0.003  # of the openings: of companies in bonis, undone weeks later, unknown to Urssaf [E]
    creditors: float = 0.35  # openings followed by the dépôt de l'état des créances [E]
    payments_redated: float = 0.02  # openings followed by another date de cessation des paiements [E]
    ban: float = 0.04  # liquidations followed by the ban of a director [E]
    sale: float = 0.12  # conversions of a redressement preceded by a plan de cession [E]
    plan_changed: float = 0.10  # plans modified later [E]
    extract: float = 0.05  # « Autre jugement et ordonnance », the complement says what was decided…
    order: float = (
        0.05  # …of openings, followed by one that says nothing: with extract, 7.5 % of notices [S: 718 of 9,584]
    )
    elsewhere: float = 0.03  # siren among the persons alone, half of them of the répertoire des métiers [E]
    odd_blanks: float = 0.01  # days in words with no-break spaces, whatever the year [E]


@dataclass(frozen=True)
class Paydex:
    """How late companies of ten or more pay their suppliers, as Altares sees it."""

    known: float = 0.75  # companies with a value [S: about 75 % of the sample]
    fpi_known: float = 0.667  # of these, companies with the shares of late payments [S: about 50 % of the sample]
    absent_month: float = 0.03  # [E]
    second_value: float = 0.02  # months with two values [E]
    memory: float = 0.90  # of the noise, from a month to the next [E]
    habit: float = 0.75  # standard deviation of habits, in logarithm [E]
    noise: float = 0.30  # standard deviation of the months, in logarithm [E]
    usual: float = 2.2  # logarithm of the days late, company of mean habit and strain [E]
    strain: float = 0.22  # for one standard deviation of strain [E]
    crisis: float = 0.75  # once the crisis is deep [E]
    crisis_months: float = 8.0  # until it is [E]
    crisis_seen: float = 0.75  # crises that suppliers see [E]
    most: int = 180  # days late [E]
    health_crisis: float = 0.25  # from April to September 2020, in logarithm [E]
    out_of_range: float = 0.0005  # shares above 100 that the clean rule bounds [E]
