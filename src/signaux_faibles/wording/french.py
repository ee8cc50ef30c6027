"""Numbers, percents, amounts, days, months and plurals in French; no other module writes them.

Babel knows the rules of the language (CLDR): groups of three digits split by a narrow no-break space, decimal comma,
names of months, plural from two. Three habits of good typography that it leaves out are added here: a true minus sign,
a no-break space before a unit, « 1er » for the first of a month.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

FRANCE = ZoneInfo("Europe/Paris")
LOCALE = Locale.parse("fr")
GROUP, POINT = get_group_symbol(LOCALE), get_decimal_symbol(LOCALE)
NBSP = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "—"
"""Stands for an unknown value, which is never a zero."""
UNKNOWN_ACTIVITY = "Activité non connue"
"""Shown for a company whose activity is of no nomenclature: a blank would look like an omission."""
NOT_DISSEMINATED = "Dénomination non diffusible"
"""The name of a company that asked Insee not to publish it."""

SHORT_MONTHS: tuple[str, ...] = tuple(
    name for _, name in sorted(get_month_names("abbreviated", "format", LOCALE).items())
)
"""« janv. » to « déc. », where there is no room for whole names."""

MONTHS: tuple[str, ...] = tuple(name for _, name in sorted(get_month_names("wide", "format", LOCALE).items()))
"""« janvier » to « décembre »."""

THOUSAND, MILLION = 1_000, 1_000_000

Number = int | float | Decimal

_WIDE = Context(prec=400)
"""Enough digits for any float, so that an absurd value of a file is shown instead of raising an error."""


def number(value: Number, digits: int = 0, *, at_least: int | None = None) -> str:
    """A number: « 12 350,5 », « −3 ».

    Args:
        digits: decimals, ties going to the even digit.
        at_least: decimals that are always written, all of them by default; a zero beyond them is left out.
    Returns:
        the text; `UNKNOWN` for a value that is infinite or not a number. A value that rounds to zero has no sign.
    """
    return _written(value, digits, digits if at_least is None else at_least)


def interval(bounds: Sequence[Number], digits: int = 3) -> str:
    """Both bounds of a figure: « [0,789 ; 0,822] »; empty where there are none."""
    return f"[{' ; '.join(number(bound, digits) for bound in bounds)}]" if bounds else ""


def euros(value: Number) -> str:
    """An amount: « 12 350 € »."""
    return _with_unit(number(value), "€")


def rounded_euros(value: Number) -> str:
    """An amount where there is no room for its digits: « 34 k€ », « 1,2 M€ », « 350 € »."""
    size = abs(_rounded(value, 0))
    if size < THOUSAND:
        return euros(value)
    if size < MILLION - THOUSAND / 2:
        return _with_unit(number(_exact(value) / THOUSAND), "k€")
    return _with_unit(number(_exact(value) / MILLION, 1), "M€")


def signed_rounded_euros(value: Number) -> str:
    """A change of an amount, in short: « +17 k€ »."""
    return _signed(rounded_euros(value))


def signed_euros(value: Number) -> str:
    """A change of an amount: « +350 € », « −350 € »."""
    return _signed(euros(value))


def percent(share: Number, digits: int = 1) -> str:
    """A share of one: 0.0234 is « 2,3 % »."""
    return _with_unit(number(_exact(share).scaleb(2, _WIDE), digits), "%")


def signed_percent(change: Number, digits: int = 0) -> str:
    """A relative change: « −20 % », « +12 % », « 0 % »."""
    return _signed(percent(change, digits))


def agreed(value: Number, one: str, many: str) -> str:
    """The word that agrees with a number; the plural begins at two, so that zero and 1.9 are singular."""
    return one if _singular(abs(_exact(value))) else many


def counted(value: Number, one: str, many: str) -> str:
    """A whole number with its noun, in a sentence: « 0 rejet », « 1 500 rejets »."""
    return f"{number(value)} {agreed(_rounded(value, 0), one, many)}"


def measured(value: Number, one: str, many: str, digits: int = 0) -> str:
    """A quantity with its unit, on one line: « 1,6 année », « 12 jours ».

    The unit agrees with the number as it is written: 1.96 with one decimal is « 2,0 années ».
    """
    text = number(value, digits)
    if text == UNKNOWN or one == many:
        return _with_unit(text, one)
    return _with_unit(text, agreed(_rounded(value, digits), one, many))


def months(value: Number) -> str:
    """A duration: « 3 mois »."""
    return _with_unit(number(value), "mois")


def age(value: Number) -> str:
    """An age in months, in years from the second on: « 14 ans »."""
    return months(value) if value < 24 else measured(value // 12, "an", "ans")


def completed_years(since: date | None, day: date) -> str:
    """How many years ended between two days: « 22 ans »; empty under one, or where the first is not known."""
    if since is None:
        return ""
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return counted(years, "an", "ans") if years > 0 else ""


def employees(value: Number) -> str:
    """A headcount: « 48 salariés »."""
    return measured(value, "salarié", "salariés")


def yes_or_no(value: Number) -> str:
    """A fact that is or is not."""
    return "oui" if value else "non"


@lru_cache(maxsize=1 << 12)
def month_label(day: date) -> str:
    """The month of a day, in a sentence: « octobre 2026 »."""
    return str(format_date(day, "MMMM y", LOCALE))


def near_month(day: date, today: date) -> str:
    """A month in short, without its year where only one month of the last twelve has its name: « juillet »."""
    months_ago = (today.year - day.year) * 12 + today.month - day.month
    return MONTHS[day.month - 1] if 0 <= months_ago < 12 else month_label(day)


def month_title(day: date) -> str:
    """The month of a day, at the beginning of a line: « Octobre 2026 »."""
    return month_label(day).capitalize()


def period(first: date, last: date) -> str:
    """The months from one to another: « janvier 2020 à mars 2021 »."""
    return f"{month_label(first)} à {month_label(last)}"


@lru_cache(maxsize=1 << 14)
def day_label(day: date) -> str:
    """A day: « 1er octobre 2026 », « 30 septembre 2026 »."""
    return str(format_date(day, "'1er' MMMM y" if day.day == 1 else "d MMMM y", LOCALE))


def moment_label(moment: datetime) -> str:
    """A day and an hour of universal time: « 1er mars 2026 à 07:05 (UTC) »."""
    return f"{day_label(moment.date())} à {format_time(moment.time(), 'HH:mm', locale=LOCALE)} (UTC)"


NO_HOUR = time(12)
"""The hour in France of a moment whose day alone is known: that day is then the same everywhere."""


def local_day(moment: datetime) -> date:
    """The day of a moment in France, which is not always that of universal time; `moment` knows its time zone."""
    return moment.astimezone(FRANCE).date()


def local_moment_label(moment: datetime) -> str:
    """A day and an hour in France: « 1er mars 2026 à 08:05 »; the day alone where the hour is `NO_HOUR`, to the
    microsecond. `moment` knows its time zone."""
    here = moment.astimezone(FRANCE)
    if here.time() == NO_HOUR:
        return day_label(here.date())
    return f"{day_label(here.date())} à {format_time(here.time(), 'HH:mm', locale=LOCALE)}"


_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[\w«])(?![\w.+'-]*@)")


def typeset(text: str) -> str:
    """A text of a file, of a nomenclature or of a key as it is printed: « l'activité » is « l’activité »."""
    return _STRAIGHT.sub("’", text)


def _with_unit(text: str, unit: str) -> str:
    return text if text == UNKNOWN else f"{text}{NBSP}{unit}"


def _signed(text: str) -> str:
    """With a plus sign, unless it has a sign already or is zero."""
    signless = text == UNKNOWN or text.startswith(MINUS) or not any(digit in text for digit in "123456789")
    return text if signless else f"+{text}"


def _exact(value: Number) -> Decimal:
    """The decimal number as it is written, so that a hundred times 0.07 is 7, not 7.000000000000001."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(value: Number, digits: int) -> Decimal:
    with localcontext(_WIDE):
        return round(_exact(value), digits) + 0  # adding zero drops the sign of a zero


@lru_cache(maxsize=1 << 14)
def _singular(size: Decimal) -> bool:
    """Cached, as `_written` is."""
    return LOCALE.plural_form(size) == "one"


@lru_cache(maxsize=1 << 16)
def _written(value: Number, digits: int, at_least: int) -> str:
    """With the symbols of Babel, which takes three times longer; cached, as companies share ages and headcounts."""
    if not _exact(value).is_finite():
        return UNKNOWN
    with localcontext(_WIDE):
        whole, _, decimals = f"{_rounded(value, digits):,.{digits}f}".partition(".")
    fraction = decimals[:at_least] + decimals[at_least:].rstrip("0")
    return whole.replace("-", MINUS).replace(",", GROUP) + (POINT + fraction if fraction else "")
