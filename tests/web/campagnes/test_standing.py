"""Where a company of a campagne stands after what agents did with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.campagnes.standing import ActKind, ContactAct, ContactOutcome, Status, allows, fold

TODAY = date(2026, 11, 2)
PEOPLE = {"Camille": 1, "Alex": 2}
VERBS = {
    "prend": ActKind.TAKE,
    "rend": ActKind.RELEASE,
    "reporte": ActKind.POSTPONE,
    "écarte": ActKind.POSTPONE,
    **dict.fromkeys(("besoin", "refus", "indemne", "injoignable"), ActKind.OUTCOME),
}


def act(words: str) -> ContactAct:
    """`Camille reporte +3`: an act, put off to three days from today."""
    who, verb, *days = words.split()
    kind = VERBS[verb]
    until = TODAY + timedelta(days=int(days[0])) if days else None
    outcome = ContactOutcome[verb.upper()] if kind is ActKind.OUTCOME else None
    return ContactAct(kind, PEOPLE[who], who, datetime(2026, 11, 1, tzinfo=UTC), outcome, until)


@pytest.mark.parametrize(
    ("acts", "status", "who"),
    [
        ("", "À contacter", ""),
        ("Camille prend", "Prise", "Camille"),
        ("Camille prend, Alex prend", "Prise", "Camille"),
        ("Camille prend, Camille rend", "À contacter", ""),
        ("Camille prend, Alex rend", "Prise", "Camille"),
        ("Camille prend, Camille rend, Alex prend", "Prise", "Alex"),
        ("Camille prend, Camille besoin", "Faite", "Camille"),
        ("Camille prend, Camille refus", "Faite", "Camille"),
        ("Camille prend, Camille indemne", "Faite", "Camille"),
        ("Camille prend, Camille injoignable", "Faite", "Camille"),
        ("Camille besoin", "À contacter", ""),
        ("Camille prend, Alex besoin", "Prise", "Camille"),
        ("Camille prend, Camille refus, Alex prend", "Faite", "Camille"),
        ("Camille prend, Camille refus, Camille rend", "Faite", "Camille"),
        ("Camille prend, Camille reporte +1", "Reportée", "Camille"),
        ("Camille prend, Camille reporte 0", "À contacter", ""),
        ("Camille prend, Camille reporte -1", "À contacter", ""),
        ("Camille prend, Alex reporte +1", "Prise", "Camille"),
        ("Camille reporte +1", "Reportée", "Camille"),
        ("Camille reporte +1, Alex prend", "Prise", "Alex"),
        ("Camille prend, Camille écarte", "Écartée", "Camille"),
        ("Camille prend, Camille écarte, Alex prend", "Prise", "Alex"),
        ("Camille prend, Camille reporte -1, Alex prend, Alex besoin", "Faite", "Alex"),
    ],
)
def test_where_a_company_stands(acts: str, status: str, who: str) -> None:
    standing = fold([act(one) for one in acts.split(", ") if one], TODAY)
    assert (standing.status.value, standing.act.who if standing.act else "") == (status, who)


WORDS = st.lists(st.sampled_from([f"{who} {verb}" for who in PEOPLE for verb in VERBS]), max_size=12)


@given(WORDS)
def test_one_agent_at_most_holds_a_company(words: list[str]) -> None:
    standing = fold(map(act, words), TODAY)
    holders = [person for person, number in PEOPLE.items() if standing.held_by(number)]
    assert len(holders) == (standing.status is Status.PRISE)


@given(WORDS, st.sampled_from(list(PEOPLE)))
def test_what_is_taken_or_done_is_taken_by_nobody(words: list[str], who: str) -> None:
    standing = fold(map(act, words), TODAY)
    free = standing.status not in (Status.PRISE, Status.FAITE)
    assert allows(standing, ActKind.TAKE, PEOPLE[who]) is free
    assert (fold(map(act, [*words, f"{who} prend"]), TODAY) != standing) is free
