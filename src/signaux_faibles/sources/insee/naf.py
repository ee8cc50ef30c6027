"""The activity of a SIRENE row: NAF rév. 2 and NAF 2025 side by side (import-chain §5.10, new-facts §0.1).

From 16 December 2025 to the end of 2026 INSEE delivers both codes: the main one in NAF rév. 2, and `…NAF25…` beside it.
In January 2027 the main code of active units becomes that of NAF 2025 and the other column is withdrawn; units that
ceased earlier keep the code they had. No code is common to both nomenclatures, so the code itself says which one it
belongs to, whatever column holds it and however its nomenclature is spelt.

`unit` is the end of the names of INSEE: "Etablissement" or "UniteLegale".
"""

from signaux_faibles.sources.contract import Header, Rule, raw
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, Nomenclature

FORMER = ("NAP", "NAF1993", "NAFRev1")
"""Nomenclatures of units that ceased before 2008: their codes have another shape, 74.1J."""
CURRENT = ("NAFRev2", "NAF2025", "NAF25")
"""Spellings of the two nomenclatures."""


def activity_headers(unit: str) -> tuple[Header, ...]:
    """The headers that hold the activity.

    `…NAF25…` is absent before the end of 2025 and after 2026. `…NAFRev2…`, its mirror, is read if INSEE ever delivers
    the former code beside the new one.
    """
    return (
        Header(f"activitePrincipale{unit}"),
        Header(f"nomenclatureActivitePrincipale{unit}"),
        Header(f"activitePrincipaleNAF25{unit}", absent=True),
        Header(f"activitePrincipaleNAFRev2{unit}", absent=True),
    )


def naf_rev2(unit: str) -> str:
    """SQL of the NAF rév. 2 code, NULL where no column holds one."""
    return f"CASE WHEN NOT {_is_former(unit)} THEN {_first(_codes(unit), NAF_REV2)} END"


def naf_2025(unit: str) -> str:
    """SQL of the NAF 2025 code; without one, its own column as delivered, unless both columns were swapped."""
    main, _, beside, _ = _headers(unit)
    exchanged = f"{_is_of(beside, NAF_REV2)} AND {_is_of(main, NAF_2025)}"
    codes = _first((beside, *_codes(unit)), NAF_2025)
    return f"coalesce({codes}, CASE WHEN NOT ({exchanged}) THEN {beside} END)"


def nomenclature_in_force(unit: str) -> str:
    """SQL of the nomenclature of the main code, NULL where that code is of neither."""
    main = _headers(unit)[0]
    named = " ".join(f"WHEN {_is_of(main, one)} THEN '{one.name}'" for one in (NAF_REV2, NAF_2025))
    return f"CASE WHEN NOT {_is_former(unit)} THEN CASE {named} END END"


def former_nomenclature(unit: str) -> Rule:
    """The rule that skips a unit whose activity is only known in a nomenclature older than the NAF rév. 2."""
    main, _, beside, _ = _headers(unit)
    return Rule(
        "activité d'une nomenclature antérieure à la NAF rév. 2",
        f"{main} IS NOT NULL AND {_is_former(unit)} AND {beside} IS NULL",
    )


def unread_activity(unit: str, rev2: str, naf25: str) -> Rule:
    """The rule that counts the rows whose activity is of no nomenclature; they are kept, with an unknown activity.

    `rev2` and `naf25` are the columns of both codes.
    """
    return Rule(
        "code d'activité qui n'est ni de la NAF rév. 2, ni de la NAF 2025",
        f"{_headers(unit)[0]} IS NOT NULL AND {rev2} IS NULL AND {naf25} IS NULL",
    )


def _headers(unit: str) -> tuple[str, ...]:
    main, nomenclature, beside, mirror = (raw(header.name) for header in activity_headers(unit))
    return _usual_code(main), nomenclature, _usual_code(beside), _usual_code(mirror)


def _usual_code(column: str) -> str:
    """SQL of a code as INSEE writes it, 62.02A, where another program writes it 6202A, 62.02a or 62.02 A."""
    bare = f"upper(regexp_replace({column}, '[. -]', '', 'g'))"
    dotted = f"left({bare}, 2) || '.' || substr({bare}, 3)"
    usual = f"regexp_full_match({column}, '[0-9]{{2}}[.][0-9]{{2}}[A-Z]')"
    return (
        f"CASE WHEN {usual} THEN {column} WHEN regexp_full_match({bare}, '[0-9]{{4}}[A-Z]') THEN {dotted} "
        f"ELSE {column} END"
    )


def _codes(unit: str) -> tuple[str, ...]:
    """The columns that may hold a code, the main one first."""
    main, _, beside, mirror = _headers(unit)
    return main, mirror, beside


def _first(columns: tuple[str, ...], of: Nomenclature) -> str:
    """SQL of the first code of a nomenclature among columns."""
    candidates = ", ".join(f"CASE WHEN {_is_of(column, of)} THEN {column} END" for column in columns)
    return f"coalesce({candidates})"


def _is_of(column: str, of: Nomenclature) -> str:
    return f"regexp_full_match(coalesce({column}, ''), '{of.shape}')"


def _is_former(unit: str) -> str:
    """SQL of whether the nomenclature of the main code is a former one, or an unknown one whose code is unreadable."""
    main, nomenclature, _, _ = _headers(unit)
    label = f"lower(coalesce({nomenclature}, ''))"
    unread = f"NOT ({_is_of(main, NAF_REV2)} OR {_is_of(main, NAF_2025)})"
    # In that order: nearly every row stops at the first test.
    return (
        f"CASE WHEN {label} IN ({_spelt('', *CURRENT)}) THEN false WHEN {label} IN ({_spelt(*FORMER)}) THEN true "
        f"ELSE {unread} END"
    )


def _spelt(*labels: str) -> str:
    return ", ".join(f"'{label.lower()}'" for label in labels)
