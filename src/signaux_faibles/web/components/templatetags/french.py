"""Values as an agent reads them, in French. An unknown value is a dash, never a zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template

from signaux_faibles.snapshot.archived.reasons import SLIGHT
from signaux_faibles.snapshot.search.places import town_name
from signaux_faibles.snapshot.served.activity import Activity
from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.tables.activities.activities import DEDUCED, EARLIER
from signaux_faibles.wording import french as wording
from signaux_faibles.wording.french import NOT_DISSEMINATED, UNKNOWN

register = template.Library()
STRONG, CLEAR = 1.0, SLIGHT
"""Effects on the log-odds that multiply the odds by at least 2.7, and by at least 1.35."""
STAGES = {
    "ouverture": "ouverture",
    "plan_continuation": "plan de continuation",
    "fin_procedure": "fin de la procédure",
    "inclusion_autre_procedure": "inclusion dans une autre procédure",
    "plan_cession": "plan de cession",
}
PLANS = {"SUR PO": "Sursis à poursuites", "CCSF": "Commission des chefs des services financiers"}
"""What the codes of Urssaf for a délai stand for, where a reference says it (import-chain §5.5, §5.6)."""
ACCOUNTS = {"C": "comptes complets", "S": "comptes simplifiés", "K": "comptes consolidés"}
TURNOVERS = {
    "<2M": "de moins de 2 millions d’euros",
    "2M-10M": "de 2 à 10 millions d’euros",
    "10M-50M": "de 10 à 50 millions d’euros",
    ">50M": "de plus de 50 millions d’euros",
}
LOWEST, HIGHEST = 10, 90
HUNDRED = 100
DIVISION = 2
"""Digits of the division of an activity, which a dot follows in NAF codes."""


@register.filter
def company_name(name: str | None) -> str:
    """The name of a company, or the words that stand for one that its register does not disseminate."""
    return name or NOT_DISSEMINATED


@register.filter
def euros(amount: Decimal | int | None) -> str:
    """`12 345 €`: pages show whole euros, data keep the exact amount."""
    return UNKNOWN if amount is None else wording.euros(amount)


@register.filter
def about_euros(amount: int) -> str:
    """`12 k€`, where an amount is compared with another: to the euro, it would differ from a page that adds shares."""
    return wording.rounded_euros(amount)


@register.filter
def whole(number: int | None) -> str:
    """`12 345`."""
    return UNKNOWN if number is None else wording.number(number)


@register.filter
def measure(value: float | None, unit: str) -> str:
    """`23,4 %`, `71 jours`, `1,5 année`: a ratio with one decimal, except for days."""
    if value is None:
        return UNKNOWN
    return wording.measured(value, unit.removesuffix("s"), unit, digits=0 if unit == "jours" else 1)


@register.filter
def percentile(place: float) -> str:
    """`34e centile`; beyond the first and the last known quantiles, « ou moins », « ou plus »."""
    rounded = round(place)
    if rounded <= LOWEST:
        return f"{LOWEST}e centile ou moins"
    return f"{HIGHEST}e centile ou plus" if rounded >= HIGHEST else f"{rounded}e centile"


@register.filter
def turnover(bounds: str) -> str:
    """A class of turnover in words: `2M-10M` is « de 2 à 10 millions d’euros » (open-data §2.7)."""
    return TURNOVERS.get(bounds, bounds)


@register.filter
def activity_class(code: str) -> str:
    """A class of activities at any level, as the NAF writes it: `4511Z` is « activité 45.11Z », `G` « section G »."""
    if not code[:1].isdigit():
        return f"section {code}"
    division, rest = code[:DIVISION], code[DIVISION:]
    return f"activité {division}.{rest}" if rest else f"division {division}"


@register.filter
def provenance(activity: Activity) -> str:
    """Where a code that is not delivered comes from: `, dernier code livré, en décembre 2026`; empty if it is."""
    if activity.origin == EARLIER and activity.batch:
        return f", dernier code livré, en {batch_month(activity.batch)}"
    return ", déduite de l’autre nomenclature" if activity.origin == DEDUCED else ""


@register.filter
def plan_nature(code: str | None) -> str:
    """What kind of délai Urssaf granted; a code that no reference explains is shown as one."""
    return PLANS.get(code, f"Code Urssaf « {code} »") if code else UNKNOWN


@register.filter
def town(written: str | None) -> str:
    """A town as INSEE spells it, whatever the case of the address; empty where it is not known."""
    return town_name(written) if written else ""


@register.filter
def accounts_kind(kind: str) -> str:
    """The kind of annual accounts in words (open-data §2.6)."""
    return ACCOUNTS.get(kind, kind)


@register.filter
def plural(number: int) -> str:
    """The final `s` of a plural."""
    return wording.agreed(number, "", "s")


@register.filter
def agreed(number: int, words: str) -> str:
    """The first of two texts, `singular|plural`, or the second from two on."""
    one, _, many = words.partition("|")
    return wording.agreed(number, one, many)


@register.filter
def plain(number: Decimal | int | None) -> str:
    """A number for a script: `12345.60`, empty when unknown."""
    return "" if number is None else str(number)


@register.filter
def siren(identifier: str) -> str:
    """`811 111 111`, and `811 111 111 00010` for a siret."""
    parts = (identifier[:3], identifier[3:6], identifier[6:9], identifier[9:])
    return " ".join(part for part in parts if part)


@register.filter
def month(day: date | None) -> str:
    """`octobre 2026`."""
    return UNKNOWN if day is None else wording.month_label(day)


@register.filter
def day(moment: date | None) -> str:
    """`20 octobre 2026`, `1er août 2026`; the day of a moment is that of France."""
    if isinstance(moment, datetime):
        moment = wording.local_day(moment)
    return UNKNOWN if moment is None else wording.day_label(moment)


@register.filter
def moment(at: datetime) -> str:
    """`20 octobre 2026 à 09:12`, in France."""
    return wording.local_moment_label(at)


@register.filter
def batch_month(batch: str) -> str:
    """The month of a batch: `2610` is `octobre 2026`."""
    return month(date(2000 + int(batch[:2]), int(batch[2:4]), 1))


@register.filter
def stage_label(stage: str) -> str:
    """The stage of a procedure in words; an unknown one is shown as delivered (import-chain §8.6)."""
    return STAGES.get(stage, stage.replace("_", " "))


@register.filter
def source_title(source: str) -> str:
    """The title of a source, from its contract."""
    return CONTRACTS[source].title if source in CONTRACTS else source


@register.filter
def observed_count(share: float, companies: int) -> str:
    """How many companies of a class failed: « 31 », « 384 (31 sur 100) ».

    The share of a class of fewer than a hundred is not written out of a hundred, which it does not hold.
    """
    failed = wording.number(round(share * companies))
    if companies < HUNDRED:
        return failed
    of_hundred = round(share * HUNDRED)
    return f"{failed} ({'moins d’une' if of_hundred < 1 else of_hundred} sur {HUNDRED})"


@register.filter
def effect(contribution: float) -> str:
    """An effect on the log-odds, in words."""
    if contribution == 0:
        return "Sans effet sur le risque"
    size = abs(contribution)
    strength = "fortement" if size >= STRONG else "nettement" if size >= CLEAR else "légèrement"
    return f"{'Augmente' if contribution > 0 else 'Réduit'} {strength} le risque"
