"""INPI writes one thing in many ways: each is brought to one (open-data §2.9)."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.sources.contract import raw
from signaux_faibles.sources.inpi import filing_fields as fields
from signaux_faibles.sources.spellings.blanks import trimmed

BLANKS = " \t\u00a0\u202f\u2009\u2007\u200b\ufeff"
_CONNECTION = duckdb.connect()


def value(type_, text):
    typed = type_.value(type_.usual(trimmed("text")))
    return _CONNECTION.execute(f"SELECT {typed} FROM (SELECT ? AS text)", [text]).fetchone()[0]


WRITINGS = [
    # type, what is meant, its writings
    (fields.PAGE, "01", ["01", "1", "1.0", "1,0", "001", " 01", "\u00a01", "01\u202f", "page 1", "P1"]),
    (fields.PAGE, "01", ["2050", "2033-A", "2050-N"]),
    (fields.PAGE, "02", ["02", "2", "2.00", "2051", "2051-SD", "2033B", "2033 B"]),
    (fields.PAGE, "11", ["11", "11.0", "2058-C"]),
    (fields.PAGE, None, ["123", "2099", "bilan"]),
    (fields.LINE_CODE, "028", ["028", "28", "28.0", " 28", "0\u00a028"]),
    (fields.LINE_CODE, "310", ["310", "310.0", "310,"]),
    (fields.LINE_CODE, "FJ", ["FJ", "fj", " FJ", "F\u00a0J", "FJ\ufeff"]),
    (fields.LINE_CODE, "1A", ["1A", "1a"]),
    (fields.LINE_CODE, None, ["ABCD", "1234"]),
    (fields.LIASSE_AMOUNT, 170145, ["000000000170145", "170145", "+170145", "170 145", "170\u202f145"]),
    (fields.LIASSE_AMOUNT, 170145, ["170145.0", "170145,", "1.70145e5"]),
    (fields.LIASSE_AMOUNT, -862, ["-00000000000862", "-862", "\u2212862", "- 862", " -862 ", "-862.00"]),
    (fields.LIASSE_AMOUNT, None, ["12O", "17 01 45", "5.5", "1e-3", "9999999999999999", "nan", "-"]),
    (fields.BILAN_TYPE, "C", ["C", "c", " C", "Complet", "COMPLET"]),
    (fields.BILAN_TYPE, "S", ["S", "Simplifié", "simplifie"]),
    (fields.BILAN_TYPE, "K", ["K", "Consolidé"]),
    (fields.BILAN_TYPE, "A", ["A", "ASS", "Assurance"]),
    (fields.BILAN_TYPE, "AC", ["AC"]),
    (fields.BILAN_TYPE, None, ["bilan"]),
    (fields.MOTIF, "03", ["03", "3", "3.0", " 3", "003"]),
    (fields.MOTIF, "1A", ["1A", "1a"]),
    (fields.MONTHS, 12, ["12", "12.0", "012", " 12", "12 mois", "+12"]),
    (fields.MONTHS, 0, ["0", "00"]),
    (fields.MONTHS, None, ["douze", "11.5", "-12", "12 jours"]),
    (fields.CURRENCY, "EUR", ["EUR", "eur", "Euro", "€", "978", " EUR "]),
    (fields.CURRENCY, "XPF", ["XPF"]),
    (fields.CURRENCY, "KEUR", ["KEUR"]),
    (fields.DOCUMENT_SIREN, "552100554", ["552100554", "552100554.0", "552 100 554", "552\u00a0100\u202f554"]),
    (fields.DOCUMENT_SIREN, None, ["55210055X", "5521005541"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "meant", "text"),
    [(type_, meant, text) for type_, meant, texts in WRITINGS for text in texts],
    ids=lambda part: ascii(part) if isinstance(part, str) else None,
)
def test_each_writing_is_worth_what_it_means(type_, meant, text):
    assert value(type_, text) == meant


@given(number=st.integers(1, 99), zeros=st.integers(0, 3), point=st.booleans(), before=st.text(BLANKS, max_size=2))
def test_a_page_is_its_number_however_it_is_written(number, zeros, point, before):
    assert value(fields.PAGE, f"{before}{'0' * zeros}{number}{'.0' * point}{before}") == f"{number:02d}"


@given(amount=st.integers(-(10**14) + 1, 10**14 - 1), blank=st.sampled_from(BLANKS), sign=st.sampled_from("-\u2212"))
def test_an_amount_is_worth_the_same_with_blanks_between_its_thousands(amount, blank, sign):
    written = f"{amount:,}".replace(",", blank).replace("-", sign)
    assert value(fields.LIASSE_AMOUNT, written) == amount


CONFIDENTIALITY = {
    "0": ["Public", "PUBLIC", " public", "0", "00", "0.0", "Non confidentiel", "Comptes annuels publics"],
    "1": ["Confidentiel", "confidentiel", "1", "01", "Comptes annuels confidentiels", "Totalement confidentiel"],
    "2": [
        "Partiellement confidentiel", "partiellement\u00a0confidentiel", "Partiellement confidentiel (RAPCAC)",
        "2", "02", "PARTIELLEMENT_CONFIDENTIEL", "Compte de résultat confidentiel", "CompteResultatConfidentiel",
        "Publication simplifiee", "Publication simplifiée", "Partiellement public", "Semi-public", "3", "4",
    ],
    None: ["autre", "5", "Non public", ""],
}  # fmt: skip


def code(sql, **texts):
    given_texts = ", ".join(f"? AS {raw(header)}" for header in texts)
    return _CONNECTION.execute(f"SELECT {sql} FROM (SELECT {given_texts})", list(texts.values())).fetchone()[0]


@pytest.mark.parametrize(
    ("meant", "word"), [(meant, word) for meant, words in CONFIDENTIALITY.items() for word in words]
)
def test_what_is_withheld_has_one_code(meant, word):
    assert code(fields.confidentiality_code("word"), word=word) == meant


BOTH = [
    # at the head, in the identity, is anything reported, what counts
    ("Partiellement confidentiel", "0", "BJ", "2"),
    ("Public", "2", "BJ", "2"),
    ("Public", "0", "BJ", "0"),
    ("Confidentiel", "0", None, "1"),
    (None, "1", None, "1"),
    ("autre", "2", "BJ", "2"),
    ("Public", None, "BJ", "0"),
    # Called public, and reported: the code of the identity alone takes nothing away. Not reported: it is the reason.
    ("Public", "1", "BJ", "0"),
    ("Public", "1", None, "1"),
    (None, None, "BJ", None),
]


@pytest.mark.parametrize(("word", "identity", "cells", "meant"), BOTH)
def test_of_two_places_the_one_that_withholds_more_counts(word, identity, cells, meant):
    sql = fields.confidentiality_of_both("word", "code", "cells")
    assert code(sql, word=word, code=identity, cells=cells) == meant
