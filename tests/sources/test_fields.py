"""What each scalar type accepts and is worth (import-chain §4.3, §4.4)."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.sources import fields
from signaux_faibles.sources.fields import FieldType
from signaux_faibles.sources.spellings.blanks import trimmed

REFUSED = None


def value_of(type_: FieldType, text: str) -> object:
    """The value that a type gives to a text, as the reader computes it."""
    query = f"SELECT CAST({type_.value(type_.usual(trimmed('$text')))} AS {type_.kind.value})"
    (value,) = duckdb.execute(query, {"text": text}).fetchone() or ()
    return value


NUMBERS = [
    (fields.INTEGER, "12", 12),
    (fields.INTEGER, "-12", -12),
    (fields.INTEGER, "+5", 5),
    (fields.INTEGER, "007", 7),
    (fields.INTEGER, "5.0", REFUSED),
    (fields.INTEGER, " 5", 5),
    (fields.INTEGER, "1\u202f234", 1234),
    (fields.INTEGER, "12 34", REFUSED),
    (fields.INTEGER, "1_000", REFUSED),
    (fields.INTEGER, "٣", REFUSED),
    (fields.INTEGER, "2147483648", REFUSED),
    (fields.WHOLE_PART, "2.9", 2),
    (fields.WHOLE_PART, "-3.7", -3),
    (fields.WHOLE_PART, "8", 8),
    (fields.WHOLE_PART, "1e3", 1000),
    (fields.WHOLE_PART, "nan", REFUSED),
    (fields.WHOLE_PART, "1e12", REFUSED),
    (fields.REAL, "6.125", 6.125),
    (fields.REAL, ".5", 0.5),
    (fields.REAL, "1e400", REFUSED),
    (fields.REAL, "Inf", REFUSED),
    (fields.REAL, "[ND]", REFUSED),
    (fields.REAL, "\t6.125 ", 6.125),
    (fields.REAL, "1e+16", 1e16),
    (fields.REAL_COMMA, " 1 234,5", 1234.5),
    (fields.DECIMAL, "10.5", Decimal("10.5")),
    (fields.DECIMAL, "-21099", Decimal(-21099)),
    (fields.DECIMAL, "5.", Decimal(5)),
    (fields.DECIMAL, ".5", Decimal("0.5")),
    (fields.DECIMAL, "1e2", Decimal(100)),
    (fields.DECIMAL, "0.00005", Decimal("0.0001")),
    (fields.DECIMAL, "1,5", REFUSED),
    (fields.DECIMAL, " 1\u00a0", Decimal(1)),
    (fields.DECIMAL, "1 000", Decimal(1000)),
    (fields.DECIMAL, "-1\u00a0234\u202f567.25", Decimal("-1234567.25")),
    (fields.DECIMAL, "1 00", REFUSED),
    (fields.DECIMAL, "1 2345", REFUSED),
    (fields.DECIMAL, "1.5 000", REFUSED),
    (fields.DECIMAL, "1.23457E+13", REFUSED),
    (fields.DECIMAL, "1.5E+3", Decimal(1500)),
    (fields.DECIMAL, "1.4e-15", Decimal(0)),
    (fields.DECIMAL, "NaN", REFUSED),
    (fields.DECIMAL, "Infinity", REFUSED),
    (fields.DECIMAL, "0x1p-2", REFUSED),
    (fields.DECIMAL, "1_000", REFUSED),
    (fields.DECIMAL, "1e400", REFUSED),
    (fields.DECIMAL, "999999999999999", REFUSED),
    (fields.DECIMAL_COMMA, "10,5", Decimal("10.5")),
    (fields.DECIMAL_COMMA, "10.5", Decimal("10.5")),
    (fields.DECIMAL_COMMA, "\u221210,5", Decimal("-10.5")),
    (fields.DECIMAL_COMMA, "-\u202f1\u00a0000,5", Decimal("-1000.5")),
    (fields.DECIMAL_COMMA, "10,5-", REFUSED),
    (fields.DECIMAL_COMMA, "1\u00a0000,5", Decimal("1000.5")),
    (fields.DECIMAL_COMMA, "1,23457E+13", REFUSED),
    (fields.DECIMAL_COMMA, "1,000.5", REFUSED),
    (fields.CENTIMES, "100", Decimal(1)),
    (fields.CENTIMES, "12\u202f345 ", Decimal("123.45")),
    (fields.CENTIMES, "250", Decimal("2.5")),
    (fields.CENTIMES, "100.5", Decimal("1.005")),
    (fields.CENTIMES, "-250", Decimal("-2.5")),
    (fields.CENTIMES, "1e2", Decimal(1)),
    (fields.CENTIMES, "12,5", REFUSED),
    (fields.CENTIMES, "abc", REFUSED),
    (fields.HEADCOUNT, "629", 629),
    (fields.HEADCOUNT, "0", 0),
    (fields.HEADCOUNT, "089", 89),
    (fields.HEADCOUNT, "1 234", 1234),
    (fields.HEADCOUNT, "1\u00a0234", 1234),
    (fields.HEADCOUNT, "1\u202f234", 1234),
    (fields.HEADCOUNT, "629.0", 629),
    (fields.HEADCOUNT, "1 234.0", 1234),
    (fields.HEADCOUNT, "12 34", REFUSED),
    (fields.HEADCOUNT, "12.5", REFUSED),
    (fields.HEADCOUNT, "-3", REFUSED),
    (fields.HEADCOUNT, "NA", REFUSED),
    (fields.HEADCOUNT, " ", REFUSED),
    (fields.HEADCOUNT, "99999999999", REFUSED),
]

BOOLEANS = [
    *((fields.BOOL, text, True) for text in ("1", "t", "T", "TRUE", "true", "True")),
    *((fields.BOOL, text, False) for text in ("0", "f", "F", "FALSE", "false", "False", "\u00a0false ")),
    *((fields.BOOL, text, REFUSED) for text in ("O", "N", "oui", "tRUE", "2", "yes")),
]

IDENTIFIERS = [
    (fields.SIREN, "012345678", "012345678"),
    (fields.SIREN, "ABCDEFGHI", REFUSED),
    (fields.SIREN, "123456789\n", "123456789"),
    (fields.SIREN, "\ufeff830\u00a0000\u202f048\t", "830000048"),
    # Zeros lost at the head: put back where the key is right.
    (fields.SIREN, "5520143", "005520143"),
    (fields.SIREN, "5 520 143", "005520143"),
    (fields.SIREN, "325175", "000325175"),
    (fields.SIREN, "12345678", REFUSED),
    (fields.SIREN, "5520144", REFUSED),
    (fields.SIREN, "18", REFUSED),
    (fields.SIREN, "0", REFUSED),
    (fields.SIREN, "8300000480", REFUSED),
    # What a spreadsheet or a float wrote may be rounded.
    (fields.SIREN, "830000048.0", REFUSED),
    (fields.SIREN, "8.30000048E8", REFUSED),
    (fields.SIREN, "830000048,00", REFUSED),
    (fields.SIREN, "830.000.048", REFUSED),
    (fields.SIRET, "01234567891011", "01234567891011"),
    (fields.SIRET, "1000000010000X", REFUSED),
    (fields.SIRET, "1.0e13", REFUSED),
    (fields.SIRET, "1,23457E+13", REFUSED),
    (fields.SIRET, "83000004800013.0", REFUSED),
    (fields.SIRET, "830 000 048 00013", "83000004800013"),
    (fields.SIRET, "552014300008", "00552014300008"),
    (fields.SIRET, "552014300009", REFUSED),
    (fields.SIRET, "552014300", REFUSED),
    (fields.TEXT, "as it is", "as it is"),
    (fields.CODE, "APPROB", "APPROB"),
    (fields.CODE, "\u00a0SUR PO\t", "SUR PO"),
    (fields.CODE, "\u00a0", ""),
]

DATES = [
    (fields.ISO_DATE, "2020-02-29", date(2020, 2, 29)),
    (fields.ISO_DATE, "2020-1-2", REFUSED),
    (fields.ISO_DATE, "2020-01-02T00:00:00", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02 00:00:00", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02\u00a000:00:00.000", date(2020, 1, 2)),
    (fields.ISO_DATE, "\u202f2020-01-02\t", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02 0:00", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02 14:37", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02T00:00:00+01:00", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02T00:00:00.000Z", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-01-02T00:00:00+04:00", date(2020, 1, 2)),
    # Midnight in Paris, as a tool that writes moments in UTC has it.
    (fields.ISO_DATE, "2020-01-01T23:00:00Z", date(2020, 1, 2)),
    (fields.ISO_DATE, "2020-06-30T22:00:00.000+0000", date(2020, 7, 1)),
    (fields.ISO_DATE, "2020-06-30T21:59:59+00", date(2020, 6, 30)),
    (fields.ISO_DATE, "2020-01-02T24:00:00", REFUSED),
    (fields.ISO_DATE, "2020-01-02T12:60", REFUSED),
    (fields.ISO_DATE, "2020-02-30 00:00:00", REFUSED),
    (fields.ISO_DATE, "2020-01-02 soir", REFUSED),
    (fields.ISO_DATE, "2020-01-0200:00:00", REFUSED),
    (fields.ISO_DATE, "20200102", REFUSED),
    (fields.ISO_DATE, "02/01/2020", REFUSED),
    (fields.ISO_DATE, "43832", REFUSED),
    (fields.ISO_DATE, "2020-02-30", REFUSED),
    (fields.ISO_DATE, "2020-13-01", REFUSED),
    (fields.ISO_DATE, "0000-01-01", REFUSED),
    (fields.ISO_DATE, "01/2020", REFUSED),
    (fields.FRENCH_DATE, "24/03/2021", date(2021, 3, 24)),
    (fields.FRENCH_DATE, "24/03/2021 00:00:00", date(2021, 3, 24)),
    (fields.FRENCH_DATE, " 24/03/2021\u00a00:00", date(2021, 3, 24)),
    (fields.FRENCH_DATE, "1/2/2020", REFUSED),
    (fields.FRENCH_DATE, "01/02/20", REFUSED),
    (fields.FRENCH_DATE, "31/02/2020", REFUSED),
    (fields.FRENCH_DATE, "01/02/0000", REFUSED),
    (fields.FRENCH_DATE, "2021-03-24", REFUSED),
    (fields.SAS_DATE, "24FEB2014", date(2014, 2, 24)),
    (fields.SAS_DATE, "24feb2014", date(2014, 2, 24)),
    (fields.SAS_DATE, "04Oct2017", date(2017, 10, 4)),
    (fields.SAS_DATE, "24FEB2014:00:00:00", date(2014, 2, 24)),
    (fields.SAS_DATE, " 24FEB2014 ", date(2014, 2, 24)),
    (fields.SAS_DATE, "6MAY2014", REFUSED),
    (fields.SAS_DATE, "24FEV2014", REFUSED),
    (fields.SAS_DATE, "31FEB2014", REFUSED),
    (fields.SAS_DATE, "24 FEB\u00a02014", date(2014, 2, 24)),
    (fields.SAS_DATE, "24FEB0000", REFUSED),
    (fields.URSSAF_DATE, "1180203", date(2018, 2, 3)),
    (fields.URSSAF_DATE, "990505", date(1999, 5, 5)),
    (fields.URSSAF_DATE, "\u00a01180203 ", date(2018, 2, 3)),
    (fields.URSSAF_DATE, "1180203.0", REFUSED),
    (fields.URSSAF_DATE, "1200229", date(2020, 2, 29)),
    (fields.URSSAF_DATE, "0", REFUSED),
    (fields.URSSAF_DATE, "1180151", REFUSED),
    (fields.URSSAF_DATE, "11A0203", REFUSED),
    (fields.URSSAF_DATE, "99999999", REFUSED),
    (fields.URSSAF_DATE, "20200320", REFUSED),
]

PERIODS = [
    # text, first day, day after (import-chain §4.4)
    ("0162", date(2001, 1, 1), date(2002, 1, 1)),
    ("5062", date(1950, 1, 1), date(1951, 1, 1)),
    ("1862", date(2018, 1, 1), date(2019, 1, 1)),
    ("2062", date(2020, 1, 1), date(2021, 1, 1)),
    ("2110", date(2021, 1, 1), date(2021, 4, 1)),
    ("1820", date(2018, 4, 1), date(2018, 7, 1)),
    ("2030", date(2020, 7, 1), date(2020, 10, 1)),
    ("2041", date(2020, 10, 1), date(2020, 11, 1)),
    ("6331", date(1963, 7, 1), date(1963, 8, 1)),
    ("1031", date(2010, 7, 1), date(2010, 8, 1)),
    ("1712", date(2017, 2, 1), date(2017, 3, 1)),
    ("\u00a01712\t", date(2017, 2, 1), date(2017, 3, 1)),
    ("201712", date(2017, 2, 1), date(2017, 3, 1)),
    ("201631", date(2016, 7, 1), date(2016, 8, 1)),
    ("199904", date(1999, 1, 1), date(1999, 2, 1)),
    ("201700", date(2016, 10, 1), date(2017, 1, 1)),
    ("201751", date(2018, 1, 1), date(2018, 2, 1)),
    ("201761", date(2018, 4, 1), date(2018, 5, 1)),
    ("201799", date(2019, 9, 1), date(2019, 10, 1)),
    *((text, REFUSED, REFUSED) for text in ("2004101", "56331", "56a1", "5a31", "564a", "AAAA10", "XX31", "999962")),
]


@pytest.mark.parametrize(("type_", "text", "expected"), [*NUMBERS, *BOOLEANS, *IDENTIFIERS, *DATES])
def test_a_text_is_worth(type_, text, expected):
    assert value_of(type_, text) == expected


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_an_urssaf_period_runs_from_its_first_day_to_the_day_after(text, start, end):
    assert (value_of(fields.PERIOD_START, text), value_of(fields.PERIOD_END, text)) == (start, end)


ALL = [type_ for type_ in vars(fields).values() if isinstance(type_, FieldType)]


@pytest.mark.parametrize("type_", ALL, ids=lambda type_: type_.name)
@tried(50)
@given(
    text=st.text(
        alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("0123456789.,eE+-/ JANFEB")), min_size=1
    )
)
def test_no_text_breaks_a_type(type_, text):
    value_of(type_, text)


WRITTEN = [
    (fields.CENTIMES, "DECIMAL(18,4)", st.decimals("-1e9", "1e9", places=2)),
    (fields.DECIMAL, "DECIMAL(18,4)", st.decimals("-1e9", "1e9", places=2)),
    (fields.DECIMAL_COMMA, "DECIMAL(18,4)", st.decimals("-1e9", "1e9", places=2)),
    (fields.ISO_DATE, "DATE", st.dates()),
    (fields.FRENCH_DATE, "DATE", st.dates(date(1900, 1, 1))),
    (fields.SAS_DATE, "DATE", st.dates(date(1900, 1, 1))),
    (fields.URSSAF_DATE, "DATE", st.dates(date(1901, 1, 1), date(2899, 12, 31))),
    (fields.PERIOD_START, "DATE", st.dates(date(1950, 1, 1), date(9990, 1, 1)).map(lambda day: day.replace(day=1))),
    (fields.INTEGER, "INTEGER", st.integers(-(2**31), 2**31 - 1)),
    (fields.BOOL, "BOOLEAN", st.booleans()),
]


@pytest.mark.parametrize(("type_", "sql", "values"), WRITTEN, ids=lambda value: getattr(value, "name", ""))
@tried(50)
@given(data=st.data())
def test_a_value_written_then_read_is_the_same(type_, sql, values, data):
    value = data.draw(values)
    (text,) = duckdb.execute(f"SELECT {type_.write(f'CAST($value AS {sql})')}", {"value": value}).fetchone()
    assert value_of(type_, text) == value
