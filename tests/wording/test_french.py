"""Values as agents read them."""

from datetime import date, datetime
from decimal import Context, Decimal, localcontext

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.wording import french as wording

THIN, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"

TEXTS = [
    (wording.number(0), "0"),
    (wording.interval([0.789, 0.822]), "[0,789 ; 0,822]"),
    (wording.interval([]), ""),
    (wording.number(1204), f"1{THIN}204"),
    (wording.number(-1204), f"{MINUS}1{THIN}204"),
    (wording.number(12350.5, 1), f"12{THIN}350,5"),
    (wording.number(Decimal("12345.60"), 2), f"12{THIN}345,60"),
    (wording.number(-0.04, 1), "0,0"),
    (wording.number(0.75, 2, at_least=0), "0,75"),
    (wording.number(0.30000000000000004, 2, at_least=0), "0,3"),
    (wording.number(2.0, 2, at_least=0), "2"),
    (wording.number(1e30), "1" + f"{THIN}000" * 10),
    (wording.number(float("nan"), 2), "—"),
    (wording.euros(12350), f"12{THIN}350{NBSP}€"),
    (wording.euros(Decimal("0.00")), f"0{NBSP}€"),
    (wording.euros(-0.2), f"0{NBSP}€"),
    (wording.euros(float("inf")), "—"),
    (wording.rounded_euros(350), f"350{NBSP}€"),
    (wording.rounded_euros(999.6), f"1{NBSP}k€"),
    (wording.rounded_euros(34_210), f"34{NBSP}k€"),
    (wording.rounded_euros(999_499), f"999{NBSP}k€"),
    (wording.rounded_euros(999_500), f"1,0{NBSP}M€"),
    (wording.rounded_euros(-1_260_000), f"{MINUS}1,3{NBSP}M€"),
    (wording.signed_rounded_euros(17_000), f"+17{NBSP}k€"),
    (wording.near_month(date(2026, 7, 1), date(2026, 10, 20)), "juillet"),
    (wording.near_month(date(2025, 11, 1), date(2026, 10, 20)), "novembre"),
    (wording.near_month(date(2025, 10, 1), date(2026, 10, 20)), "octobre 2025"),
    (wording.near_month(date(2026, 11, 1), date(2026, 10, 20)), "novembre 2026"),
    (wording.signed_euros(350.4), f"+350{NBSP}€"),
    (wording.signed_euros(-350), f"{MINUS}350{NBSP}€"),
    (wording.signed_euros(0.2), f"0{NBSP}€"),
    (wording.percent(0.0234), f"2,3{NBSP}%"),
    (wording.percent(0.0005, 2), f"0,05{NBSP}%"),
    (wording.percent(0.07, 0), f"7{NBSP}%"),
    (wording.percent(float("nan")), "—"),
    (wording.signed_percent(-0.2), f"{MINUS}20{NBSP}%"),
    (wording.signed_percent(0.125), f"+12{NBSP}%"),
    (wording.signed_percent(0), f"0{NBSP}%"),
    (wording.signed_percent(-0.031, 2), f"{MINUS}3,10{NBSP}%"),
    (wording.signed_percent(292.5714, 2), f"+29{THIN}257,14{NBSP}%"),
    (wording.signed_percent(float("-inf")), "—"),
    (wording.counted(0, "rejet", "rejets"), "0 rejet"),
    (wording.counted(1, "rejet", "rejets"), "1 rejet"),
    (wording.counted(2, "rejet", "rejets"), "2 rejets"),
    (wording.counted(1500, "rejet", "rejets"), f"1{THIN}500 rejets"),
    (wording.counted(1_000_000, "rejet", "rejets"), f"1{THIN}000{THIN}000 rejets"),
    (wording.measured(1.96, "année", "années", 1), f"2,0{NBSP}années"),
    (wording.measured(1.95, "année", "années", 1), f"2,0{NBSP}années"),
    (wording.measured(-1.6, "année", "années", 1), f"{MINUS}1,6{NBSP}année"),
    (wording.months(3), f"3{NBSP}mois"),
    (wording.age(23), f"23{NBSP}mois"),
    (wording.age(24), f"2{NBSP}ans"),
    (wording.age(179), f"14{NBSP}ans"),
    (wording.employees(1), f"1{NBSP}salarié"),
    (wording.employees(1250), f"1{THIN}250{NBSP}salariés"),
    (wording.yes_or_no(1.0), "oui"),
    (wording.month_label(date(2026, 10, 1)), "octobre 2026"),
    (wording.month_title(date(2026, 8, 31)), "Août 2026"),
    (" ".join(wording.SHORT_MONTHS), "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    (wording.period(date(2025, 12, 1), date(2026, 2, 1)), "décembre 2025 à février 2026"),
    (wording.day_label(date(2026, 10, 1)), "1er octobre 2026"),
    (wording.day_label(date(2026, 10, 11)), "11 octobre 2026"),
    (wording.day_label(date(2026, 9, 30)), "30 septembre 2026"),
    (wording.day_label(date(1, 1, 1)), "1er janvier 1"),
    (wording.moment_label(datetime.fromisoformat("2026-03-01T07:05:00+00:00")), "1er mars 2026 à 07:05 (UTC)"),
    (wording.local_moment_label(datetime.fromisoformat("2026-03-01T07:05:00+00:00")), "1er mars 2026 à 08:05"),
    (wording.local_moment_label(datetime.fromisoformat("2026-03-01T11:00:00+00:00")), "1er mars 2026"),
    (wording.local_moment_label(datetime.fromisoformat("2026-03-01T11:00:00.000001+00:00")), "1er mars 2026 à 12:00"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_value_is_written_as_in_french(text: str, expected: str) -> None:
    assert text == expected


TYPESET = {
    "l'activité partielle, aujourd'hui": "l’activité partielle, aujourd’hui",
    "L'ATELIER D'AIX": "L’ATELIER D’AIX",
    "d'« Atelier » en 1990, l'an 1": "d’« Atelier » en 1990, l’an 1",
    "'entre guillemets', 5' et d'": "'entre guillemets', 5' et d'",
    "liam.o'neil@dreets.example": "liam.o'neil@dreets.example",
    "déjà typographié : l’œuvre": "déjà typographié : l’œuvre",
}


@pytest.mark.parametrize(("text", "expected"), TYPESET.items())
def test_an_apostrophe_between_two_letters_is_that_of_print(text: str, expected: str) -> None:
    assert wording.typeset(text) == expected


FINITE = st.floats(allow_nan=False, allow_infinity=False)
ANY = FINITE | st.integers(-(10**30), 10**30) | st.decimals(-(10**12), 10**12, places=3)


@given(ANY)
def test_a_number_is_read_back_as_the_value_rounded(value: float | Decimal) -> None:
    text = wording.number(value, 2)
    read = Decimal(text.replace(THIN, "").replace(MINUS, "-").replace(",", "."))
    assert abs(read - Decimal(str(value))) <= Decimal("0.005") + abs(Decimal(str(value))) * Decimal("1e-27")
    assert read != 0 or MINUS not in text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_no_value_has_an_ascii_minus_a_plain_space_or_a_decimal_point(value: float, digits: int) -> None:
    for text in (wording.number(value, digits), wording.signed_percent(value, digits), wording.signed_euros(value)):
        assert not set(text) & set("- .")
        assert text.count(",") <= 1


@given(st.integers(0, 10**9))
def test_the_plural_begins_at_two(count: int) -> None:
    assert wording.agreed(count, "one", "many") == ("one" if count < 2 else "many")


@given(st.dates())
def test_a_day_is_that_of_its_month(day: date) -> None:
    number, month = wording.day_label(day).split(" ", 1)
    assert month == wording.month_label(day)
    assert number == ("1er" if day.day == 1 else str(day.day))


@given(
    st.one_of(
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.decimals(allow_nan=False, allow_infinity=False),
    ),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_a_number_is_what_babel_writes(value: float | Decimal, digits: int, at_least: int) -> None:
    shown = min(at_least, digits)
    pattern = "#,##0" + ("." + "0" * shown + "#" * (digits - shown) if digits else "")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    with localcontext(Context(prec=400)):
        expected = format_decimal(round(exact, digits) + 0, format=pattern, locale="fr").replace("-", MINUS)
    assert wording.number(value, digits, at_least=shown) == expected
