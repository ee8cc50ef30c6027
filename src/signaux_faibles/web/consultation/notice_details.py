"""What the text of a BODACC notice says beside the judgment: since when payments ceased, and who was appointed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from signaux_faibles.wording.french import MONTHS

_CEASED = re.compile(
    rf"cessation des paiements\s*(?:fixée\s*)?(?:le|au|:)?\s*(\d{{1,2}})(?:er)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})",
    re.IGNORECASE,
)
_ROLES = (
    r"mandataires? judiciaires?|liquidateurs?(?: judiciaires?)?|administrateurs?(?: judiciaires?)?|"
    r"commissaires? à l['’]exécution du plan"
)
_APPOINTED = re.compile(
    rf"(?:désignant|désigne|nommant|,|et)\s+(?:comme\s+|en qualité de\s+)?(?P<role>{_ROLES})\s*:?\s+"
    rf"(?P<who>[^.,;]{{3,80}}?)(?=\s*(?:\.(?:\s|$)|,|;|$|\s(?:et\s+)?(?:{_ROLES})\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NoticeDetails:
    """What a notice says: the day of cessation of payments, and each person appointed with their role."""

    ceased_on: date | None = None
    appointed: tuple[tuple[str, str], ...] = ()


def notice_details(text: str | None) -> NoticeDetails:
    """Read the text of a notice; what it does not say in one of the known ways is left out."""
    if not text:
        return NoticeDetails()
    people = dict.fromkeys((match["role"].lower(), match["who"].strip()) for match in _APPOINTED.finditer(text))
    return NoticeDetails(_ceased(text), tuple(people))


def _ceased(text: str) -> date | None:
    match = _CEASED.search(text)
    if match is None:
        return None
    day, month, year = match.groups()
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:  # « le 31 février »: nothing is known
        return None
