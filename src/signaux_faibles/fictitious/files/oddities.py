"""Values in unusual spellings, as in real files, which the reader reads all the same.

In June 2025 the DGEFP delivered days with an empty hour, in September without. Spreadsheets put narrow spaces between
thousands and no-break ones around values, and drop leading zeros.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ONE_IN = 29
_BY_THE_API = 7
"""Remainder of the companies whose annual accounts come by the API of INPI."""
NARROW, NO_BREAK = "\u202f", "\u00a0"

Spelling = Callable[[str], str]
"""From the SQL of a text to the SQL of the same value in another spelling."""


def _with_hour(text: str) -> str:
    return f"{text} || ' 00:00:00'"


def _with_moment(text: str) -> str:
    return f"{text} || 'T00:00:00'"


def _without_zeros(text: str) -> str:
    return f"ltrim({text}, '0')"


def _around(text: str) -> str:
    return f"'{NO_BREAK}' || {text} || '{NARROW}'"


def _grouped(text: str) -> str:
    whole = f"replace(format('{{:,}}', TRY_CAST(split_part({text}, ',', 1) AS BIGINT)), ',', '{NARROW}')"
    decimals = f"CASE WHEN contains({text}, ',') THEN ',' || split_part({text}, ',', 2) ELSE '' END"
    return f"{whole} || {decimals}"


_ODD: dict[str, tuple[str, dict[str, Spelling]]] = {
    "apdemande": ("siret", {"DATE_STATUT": _with_hour, "DATE_DEB": _with_hour, "DATE_FIN": _with_hour}),
    "apconso": ("siret", {"MOIS": _with_hour}),
    "sirene": ("siret", {"dateCreationEtablissement": _with_moment, "nic": _without_zeros}),
    "sirene_ul": ("siren", {"dateCreationUniteLegale": _with_moment}),
    "delai": ("siret", {"Montant_global_echeancier": _grouped, "Code_externe_stade": _around}),
    "ccsf": ("siret", {"Code_externe_stade": _around}),
    "procol": ("siret", {"Dt_effet": _around}),
}
"""By type: the column by which rows are chosen, and the headers whose spelling changes in these rows."""


_HEADCOUNTS = {"effectif": "siret", "effectif_ent": "siren"}
_MONTH = re.compile("eff[0-9]{6}")


def oddly_spelled(type_: str, header: str, text: str) -> str:
    """SQL of the text of a header, in another spelling for one company or establishment in `_ONE_IN`."""
    key, headers = _ODD.get(type_, ("", {}))
    spelling = headers.get(header)
    if type_ in _HEADCOUNTS and _MONTH.fullmatch(header):
        key, spelling = _HEADCOUNTS[type_], _grouped
    if spelling is None:
        return text
    chosen = f"TRY_CAST(substr(CAST({key} AS VARCHAR), 4, 6) AS BIGINT) % {_ONE_IN} = 0"
    return f"CASE WHEN {chosen} THEN {spelling(text)} ELSE {text} END"


def is_in_other_writing(siren: str) -> bool:
    """Whether the documents of a company have unusual spellings: those of the companies of `oddly_spelled`."""
    return _draw(siren) == 0


def is_answered_by_the_api(siren: str) -> bool:
    """Whether the annual accounts of a company come from the API, as for one company in `_ONE_IN`."""
    return _draw(siren) == _BY_THE_API


def _draw(siren: str) -> int:
    return int(siren[3:9]) % _ONE_IN
