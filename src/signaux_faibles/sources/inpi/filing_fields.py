"""The scalar types of the bilans saisis, in XML or from the API: INPI writes one thing in many ways (open-data §2.9).

Page 1 is « 01 » in one document, 1 in another, « 1.0 » in a third; a line code loses its zeros when it goes through a
number; one file writes a word where another writes a code. Everything is rewritten as the XML writes it.
"""

from __future__ import annotations

from dataclasses import replace

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import Rule, raw
from signaux_faibles.sources.fields import COMPACT_DATE, EITHER_DATE, SIREN, FieldType
from signaux_faibles.sources.reading.cells import CELL_END, PART_END
from signaux_faibles.sources.reading.documents.inpi_blocks import UNREAD_PARTS
from signaux_faibles.sources.spellings.blanks import BLANK, without_blanks

_WHOLE = "([.,]0*)?"
"""What a program may append to a whole number."""
NORMAL_PAGES = ("2050", "2051", "2052", "2053", "2054", "2055", "2056", "2057", "2058A", "2058B", "2058C")
SIMPLIFIED_PAGES = ("2033A", "2033B", "2033C", "2033D", "2033E")
"""The printed forms, in the order of the pages."""


def _usual(text: str, pattern: str, value: str, other: str) -> str:
    """SQL of a value that tries the usual format first: a bilan has hundreds of lines, and nearly all use it."""
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {value} ELSE {other} END"


def _page(text: str) -> str:
    name = f"upper(regexp_replace({without_blanks(text)}, '[-_.](SD|N)?$|[-_]', '', 'gi'))"
    forms = " ".join(
        f"WHEN '{form}' THEN '{page:02d}'"
        for pages in (NORMAL_PAGES, SIMPLIFIED_PAGES)
        for page, form in enumerate(pages, 1)
    )
    number = f"regexp_extract({without_blanks(text)}, '^(?i:P(?:AGE)?)?0*([0-9]{{1,2}}){_WHOLE}$', 1)"
    short = f"CASE WHEN length({without_blanks(text)}) <= 2 THEN {without_blanks(text)} END"
    named = f"coalesce(CASE {name} {forms} END, {short})"
    other = f"CASE WHEN {number} <> '' THEN lpad({number}, 2, '0') ELSE {named} END"
    return _usual(text, "[0-9]{2}", text, other)


def _line_code(text: str) -> str:
    digits = f"regexp_extract({without_blanks(text)}, '^([0-9]{{1,3}}){_WHOLE}$', 1)"
    padded = f"CASE WHEN {digits} LIKE '0%' THEN {digits} ELSE lpad({digits}, 3, '0') END"
    short = f"CASE WHEN length({without_blanks(text)}) <= 3 THEN upper({without_blanks(text)}) END"
    return _usual(text, "[0-9]{3}|[A-Z]{2}", text, f"CASE WHEN {digits} <> '' THEN {padded} ELSE {short} END")


def _amount(text: str) -> str:
    number = f"TRY_CAST(replace(replace({without_blanks(text)}, '\u2212', '-'), ',', '.') AS DECIMAL(18,4))"
    digits = f"[0-9]{{1,15}}|[0-9]{{1,3}}({BLANK}[0-9]{{3}}){{1,4}}"
    power = "[0-9]([.][0-9]+)?[eE][+]?([0-9]|1[0-4])"
    written = f"regexp_full_match({text}, '{BLANK}*[+-\u2212]?{BLANK}*(({digits}){_WHOLE}|{power}){BLANK}*')"
    whole = f"CASE WHEN {written} AND {number} = trunc({number}) THEN {number} END"
    return _usual(text, "[+-]?[0-9]{1,15}", f"TRY_CAST({text} AS DECIMAL(18,4))", whole)


def _kind(text: str) -> str:
    word = f"lower(strip_accents({without_blanks(text)}))"
    words = {"complet": "C", "simplifi": "S", "consolid": "K", "ban": "B", "ass": "A"}
    named = " ".join(f"WHEN {word} LIKE '%{start}%' THEN '{code}'" for start, code in words.items())
    short = f"CASE WHEN length({without_blanks(text)}) <= 3 THEN upper({without_blanks(text)}) END"
    return f"CASE {named} ELSE {short} END"


def _motif(text: str) -> str:
    code = f"upper({without_blanks(text)})"
    digits = f"regexp_extract({code}, '^0*([0-9]{{1,2}}){_WHOLE}$', 1)"
    return f"CASE WHEN {digits} <> '' THEN lpad({digits}, 2, '0') ELSE {code} END"


def _months(text: str) -> str:
    digits = f"regexp_extract({without_blanks(text)}, '^[+]?([0-9]+){_WHOLE}(?i:mois)?$', 1)"
    return f"TRY_CAST(nullif({digits}, '') AS INTEGER)"


def _currency(text: str) -> str:
    written = ", ".join(f"'{one}'" for one in EUROS)
    return f"CASE WHEN upper({without_blanks(text)}) IN ({written}) THEN 'EUR' ELSE {text} END"


EUROS = ("EUR", "EURO", "EUROS", "€", "978")
"""The euro by its code or its number of ISO 4217, by its sign, in words."""

PAGE = FieldType("page de liasse", Kind.TEXT, _page, "n'est pas une page de liasse")
"""« 01 » in any format: 1, 1.0, « 001 », « page 1 », or the name of the form (2050, 2033-A)."""

LINE_CODE = FieldType("code de ligne", Kind.TEXT, _line_code, "n'est pas un code de ligne (3 caractères au plus)")
"""The code printed on the line; a number gets its lost zeros back: 28 is « 028 »."""

LIASSE_AMOUNT = FieldType(
    "montant de liasse",
    Kind.AMOUNT,
    _amount,
    "n'est pas un montant de liasse (15 chiffres au plus, signe permis)",
    "printf('%015d', CAST({0} AS BIGINT))".format,
    whole=True,
)
"""Whole euros, possibly padded with zeros to 15 digits, with or without a sign and spaces between thousands."""

BILAN_TYPE = FieldType("type de bilan", Kind.TEXT, _kind, "n'est pas un type de bilan (3 caractères au plus)")
"""C, S, K, B or A, in any format; any other code of up to three characters is kept as it is."""

MOTIF = FieldType("motif de saisie", Kind.TEXT, _motif, "n'est pas un motif de saisie")
"""Two characters: 3 is « 03 »."""

LONGEST_EXERCICE = 48
"""Months: the last exercice of a liquidation may be long, but 365 is a number of days."""
MONTHS = FieldType("nombre de mois", Kind.INTEGER, _months, "n'est pas un nombre entier de mois", most=LONGEST_EXERCICE)
"""A duration; « 12.0 » and « 12 mois » are 12. One too long for any exercice is unknown."""

CURRENCY = FieldType("devise", Kind.TEXT, _currency, "n'est pas une devise")
"""EUR, in any format; any other currency is kept as it is."""

DOCUMENT_SIREN = replace(SIREN, usual=lambda text: SIREN.usual(f"regexp_replace({text}, '[.,]0*$', '')"))
"""A siren in a JSON document may be a number, even « 123456789.0 », which programs keep exact."""


def says_another_siren(header: str) -> str:
    """SQL of whether another place of a document names another company than the column `siren`."""
    return f"{DOCUMENT_SIREN.value(DOCUMENT_SIREN.usual(raw(header)))} <> siren"


def says_another_day(header: str, column: str) -> str:
    """SQL of whether another place of a document dates otherwise what a column dates; false when it cannot be read."""
    return f"coalesce({EITHER_DATE.value(EITHER_DATE.usual(raw(header)))} <> {column}, false)"


COMPACT_OR_DASHED_DATE = replace(EITHER_DATE, write=COMPACT_DATE.write)
"""The XML writes AAAAMMJJ; some copies of it have dashes."""

WITHHELD = "0 public, 1 all withheld, 2 profit and loss withheld"
"""What the confidentiality codes mean."""

_WITH_AMOUNT = f"{PART_END}[^{CELL_END}{PART_END}]*{PART_END}[^{CELL_END}]*[^{CELL_END}{PART_END}]"
"""A line of cells, in the text that holds them, with something after its page and its code."""
TYPED = ("00", "01", "06", "1A")
"""Motifs of the accounts that INPI typed: without anomaly, with inconsistencies, received twice, with missing data. All
others say why it did not type them."""


def confidentiality_code(*headers: str) -> str:
    """SQL of the confidentiality code of the bilans saisis, from the words or codes of a file; NULL for any other text.

    0: public; 1: everything withheld; 2: profit and loss account withheld, or simplified publication. Among several
    headers the first known one counts.
    """
    return f"coalesce({', '.join(map(_confidentiality, headers))})"


def confidentiality_of_both(word: str, code: str, cells: str) -> str:
    """SQL of the confidentiality code of a reply that writes it in two places: the one that withholds more counts.

    If a reply calls its accounts public and contains them, the code of their identity alone does not withhold them.

    Args:
        word, code: the headers of both; cells: the header of the lines, empty if the reply has none.
    """
    one, other = _confidentiality(word), _confidentiality(code)
    alone = f"({other}) = '1' AND (({one}) IS NULL OR {raw(cells)} IS NULL)"
    return (
        f"CASE WHEN ({one}) = '1' OR {alone} THEN '1' WHEN ({one}) = '2' OR ({other}) = '2' THEN '2' "
        f"ELSE coalesce({one}, {other}) END"
    )


def _confidentiality(header: str) -> str:
    word = f"regexp_replace(lower(strip_accents({raw(header)})), '[^a-z0-9]+', ' ', 'g')"
    code = f"regexp_extract({without_blanks(raw(header))}, '^0*([0-4]){_WHOLE}$', 1)"
    in_part = f"regexp_matches({word}, 'partiel|partial|simplifi|resultat')"
    secret = f"regexp_matches({word}, 'confidenti') AND NOT regexp_matches({word}, 'non confidenti')"
    return (
        f"CASE {code} WHEN '0' THEN '0' WHEN '1' THEN '1' WHEN '2' THEN '2' WHEN '3' THEN '2' WHEN '4' THEN '2' "
        f"ELSE CASE WHEN {secret} THEN CASE WHEN {in_part} THEN '2' ELSE '1' END "
        f"WHEN regexp_matches({word}, 'simplifi|partiel|(^| )semi ') THEN '2' "
        f"WHEN regexp_matches({word}, '(^| )publics?( |$)|non confidenti') "
        f"AND NOT regexp_matches({word}, 'non public') THEN '0' END END"
    )


def without_liasse(cells: str, withdrawn: str = "false") -> tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules for filings without any line of a liasse: those refused, doubtful, and counted separately.

    Confidential accounts are delivered without their liasse, and INPI does not type some others: nothing is wrong with
    either. A filing is damaged when it contains something else where its lines should be.

    Args:
        cells: the header of the lines; withdrawn: SQL of whether the register withdraws the filing.
    """
    bare_filing = f"{raw(cells)} IS NULL AND NOT {withdrawn}"
    withheld = "coalesce(confidentialite = '1', false)"
    typed = f"coalesce(code_motif, '{TYPED[0]}') IN ({', '.join(map(repr, TYPED))})"
    unexplained = f"{bare_filing} AND NOT {withheld} AND {typed}"
    return (
        (
            Rule(
                "bilan sans aucune ligne de liasse, alors que des pages ou d'autres parties y sont",
                f"{unexplained} AND {raw(UNREAD_PARTS)} IS NOT NULL",
            ),
            Rule(
                "liasse sans aucun montant : ils sont ailleurs, ou sous d'autres noms",
                f"NOT regexp_matches({raw(cells)}, '{_WITH_AMOUNT}') AND NOT {withheld} AND NOT {withdrawn}",
            ),
        ),
        (
            Rule("comptes publics sans liasse, que rien ne dit non saisis", unexplained),
            Rule(
                "comptes confidentiels livrés avec des montants : aucun n'est repris",
                f"{withheld} AND {raw(cells)} IS NOT NULL",
            ),
        ),
        (
            Rule(
                "comptes confidentiels, déposés sans liasse : un droit de l'entreprise", f"{bare_filing} AND {withheld}"
            ),
            Rule("comptes déposés, non saisis par l'INPI", f"{bare_filing} AND NOT {withheld} AND NOT {typed}"),
        ),
    )
