"""The past campagnes de contact, in the file that `sf import campagnes` reads: one line for each call.

After each list, each département calls some of the companies in alert that nobody accompanies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from signaux_faibles.fictitious.agents import words
from signaux_faibles.fictitious.agents.officers import CODEFI, URSSAF, Officers
from signaux_faibles.fictitious.agents.past_lists import MODERATE, Scored, label_of
from signaux_faibles.fictitious.agents.stories import Story
from signaux_faibles.fictitious.agents.tables import write_rows
from signaux_faibles.fictitious.months import Batch, year_of

_CALLED = 7
"""One alert in that many is called, chosen by the siren and the list [C]."""
_DAY, _LASTS, _SOON = 20, timedelta(days=60), timedelta(days=90)
"""Day of the opening, length of a campagne, and time within which the help asked for begins."""
_BRIEFLY, _FOR_LONG = timedelta(days=14), timedelta(days=120)
"""How long a call is put off."""
_NEED, _THEN_NEED, _PUT_OFF, _TO_CALL = "Besoin", "reportée, puis besoin", "Reportée", ""
_RESULTS = (_NEED, "Refus", "Indemne", "Injoignable", _THEN_NEED, _PUT_OFF, "Écartée", _TO_CALL)
_COLUMNS = (
    *("departement", "intitule", "ouverte_le", "close_le", "ouverte_par"),
    *("siret", "date", "resultat", "jusqu_au", "note", "agent"),
)
Line = dict[str, object]


def write_campagnes(
    path: Path, lists: Mapping[int, Sequence[Scored]], stories: Sequence[Story], officers: Officers, batch: Batch
) -> None:
    """The campagnes of each list and département, as they stood before the month of a batch."""
    helped: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        helped[story.siret[:9]].append(story)
    until = date(year_of(batch.rank), batch.rank % 12 + 1, 1)
    lines = [
        line
        for origin, companies in sorted(lists.items())
        for one in sorted(companies, key=lambda one: (one.departement, -one.risk, one.siren))
        if one.risk >= MODERATE and one.chance(origin) % _CALLED == 0 and one.departement in officers.region
        for line in _of_company(one, origin, helped[one.siren], officers)
    ]
    write_rows(path, _COLUMNS, [_as_known(line, until) for line in lines])


def _of_company(one: Scored, origin: int, helped: Sequence[Story], officers: Officers) -> Iterator[Line]:
    """What happened to a company in a campagne: nothing yet, a call, or a postponement, perhaps followed by a call."""
    opened = date(year_of(origin), origin % 12 + 1, _DAY)
    if any(story.opened <= opened <= (story.closed or opened) for story in helped):
        return
    draw = one.chance(origin) // _CALLED
    asks = any(opened < story.opened < opened + _SOON for story in helped)
    result = _NEED if asks else _RESULTS[draw % len(_RESULTS)]
    about: Line = {
        "departement": one.departement,
        "intitule": f"Prises de contact, {label_of(origin)}",
        "ouverte_le": opened,
        "close_le": opened + _LASTS,
        "ouverte_par": officers.of(CODEFI, one.departement).email,
        "siret": one.siret,
    }
    if result == _TO_CALL:
        yield about
        return
    day = opened + timedelta(days=1 + draw % 20)
    about["agent"] = officers.of((CODEFI, URSSAF)[draw // len(_RESULTS) % 2], one.departement).email
    if result in (_PUT_OFF, _THEN_NEED):
        back = day + (_FOR_LONG if result == _PUT_OFF else _BRIEFLY)
        yield about | {"date": day, "resultat": _PUT_OFF, "jusqu_au": back, "note": words.POSTPONED}
    else:
        yield about | {"date": day, "resultat": result}
    if result == _THEN_NEED:
        yield about | {"date": day + _BRIEFLY, "resultat": _NEED}


def _as_known(line: Line, until: date) -> Line:
    """A line as it stood before a day: the campagne may still be open, and the company still to call."""
    hidden = {"close_le"} if str(line["close_le"]) >= str(until) else set()
    if str(line.get("date", "")) >= str(until):
        hidden |= {"date", "resultat", "jusqu_au", "note", "agent"}
    return {name: value for name, value in line.items() if name not in hidden}
