"""The activity of a SIRENE row: NAF rév. 2 and NAF 2025 side by side (import-chain §5.10, contract W5).

`unit` is the end of the names of INSEE: "Etablissement" or "UniteLegale".
"""

from signaux_faibles.sources.contract import Header, raw

NAF_REV2_SHAPE = "[0-9]{2}[.][0-9]{2}[A-Z]"


def activity_headers(unit: str) -> tuple[Header, ...]:
    """The headers that hold the activity; the NAF 2025 column is absent from files older than the end of 2025."""
    return (
        Header(f"activitePrincipale{unit}"),
        Header(f"nomenclatureActivitePrincipale{unit}"),
        Header(f"activitePrincipaleNAF25{unit}", absent=True),
    )


def naf_rev2(unit: str) -> str:
    """SQL of the NAF rév. 2 code; NULL when the activity is unknown, malformed, or in NAF 2025."""
    activity, nomenclature, _ = _headers(unit)
    well_formed = f"regexp_full_match({activity}, '{NAF_REV2_SHAPE}')"
    return f"CASE WHEN {nomenclature} = 'NAFRev2' AND {well_formed} THEN {activity} END"


def naf_2025(unit: str) -> str:
    """SQL of the NAF 2025 code: from its own column, else from the main one once INSEE has switched it."""
    activity, nomenclature, naf25 = _headers(unit)
    return f"coalesce({naf25}, CASE WHEN {nomenclature} = 'NAF2025' THEN {activity} END)"


def former_nomenclature(unit: str) -> str:
    """SQL of the rule that skips a row: an activity in a nomenclature older than NAF rév. 2."""
    activity, nomenclature, _ = _headers(unit)
    return f"{activity} IS NOT NULL AND coalesce({nomenclature}, '') NOT IN ('NAFRev2', 'NAF2025')"


def _headers(unit: str) -> tuple[str, ...]:
    return tuple(raw(header.name) for header in activity_headers(unit))
