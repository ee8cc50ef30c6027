"""Whether a SIRENE unit is active: état A, whatever the case; F is a closed establishment, C a legal unit that ceased.

`unit` is the end of the names of INSEE: "Etablissement" or "UniteLegale".
"""

from signaux_faibles.sources.contract import Rule, raw

_CLOSED = {"Etablissement": "F", "UniteLegale": "C"}


def is_active(unit: str) -> str:
    """SQL of whether a unit is active; one whose state is unknown is not (import-chain §5.10, §5.11)."""
    return f"coalesce({_state(unit)} = 'A', false)"


def unknown_state(unit: str) -> Rule:
    """Count the units in neither state: a file that uses other words would close every unit without a warning."""
    return Rule(
        f"état administratif inconnu (ni A ni {_CLOSED[unit]}) : tenu pour fermé",
        f"coalesce({_state(unit)}, '') NOT IN ('A', '{_CLOSED[unit]}')",
    )


def _state(unit: str) -> str:
    return f"upper({raw(f'etatAdministratif{unit}')})"
