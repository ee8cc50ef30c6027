"""A list held in memory shows each agent what `decide` lets them read, company by company."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.tiny_home import CEVENOL
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company_facts import NO_DEBT, debt_facts_of
from signaux_faibles.snapshot.served.lists import Scope, alerts, published_lists
from signaux_faibles.snapshot.shelf import Shelf
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.lists.candidate import may_read
from signaux_faibles.web.lists.held.coded import Coded
from signaux_faibles.web.lists.held.reading import candidates_of
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.web.unlocking.unlock import ties_of, unlock

KINDS = (
    "CRP de la zone", "Urssaf sans détection", "détection sans Urssaf", "SP CODEFI", "CRP d'une autre zone",
    "habilitations échues",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(["16", "33", "87"]), max_size=12)


def reader_of(actor: Actor) -> Reader:
    author = Author(actor.account.email, actor.account.administration)
    ties = ties_of(actor.account, actor.agent.zone, actor.today)
    return Reader(actor.account, actor.agent, ties, actor.today, author)


@pytest.mark.django_db
@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("kind", KINDS)
def test_an_agent_reads_what_is_decided_of_each_company(
    kind: str, scope: Scope, actor: Callable[[str], Actor], shared_home: Home
) -> None:
    """Of one that they unlocked too, as long as it is tied to their zone as the list asks."""
    lists = published_lists(shared_home)
    unlock(actor(kind).account, CEVENOL.siren, Motive.LOCAL, "")
    reader = reader_of(actor(kind))
    with Shelf(shared_home).pinned() as snapshot:
        found = candidates_of(lists[0], lists, scope=scope, reader=reader, snapshot=snapshot)
        here = alerts(snapshot, lists[0], reader.agent.zone, scope)
        owed = debt_facts_of(snapshot, [one.siren for one in here])
    lets = decide_family(reader.agent, Family.DETECTION, reader.today).allowed
    readable = [one for one in here if lets and may_read(reader, one, Family.DETECTION)]
    expected = [
        (one, owed.get(one.siren, NO_DEBT) if may_read(reader, one, Family.URSSAF) else None) for one in readable
    ]
    assert [(one.alert, one.debts) for one in found] == expected
    assert [np.isnan(debt) for debt in found.filterable.debts] == [debts is None for _, debts in expected]
    assert found.sirens == [one.siren for one in readable]


@given(TEXTS, st.data())
def test_what_is_asked_of_a_row_is_asked_of_its_value(texts: list[str], data: st.DataObject) -> None:
    among = np.array([data.draw(st.booleans()) for _ in texts], dtype=np.bool_)
    column = Coded.of(texts)
    assert column.where(lambda one: one != "33").tolist() == [one != "33" for one in texts]
    kept = [one != "33" and bool(asked) for one, asked in zip(texts, among, strict=True)]
    assert column.where(lambda one: one != "33", among).tolist() == kept
    counted = {
        one: sum(1 for other, asked in zip(texts, among, strict=True) if asked and other == one) for one in texts
    }
    assert column.count(among, lambda one: [one]) == {one: number for one, number in counted.items() if number}


def test_a_changed_row_has_its_new_value_and_others_keep_theirs() -> None:
    column = Coded.of(["a", "b", "a"])
    assert column.changed({1: "a", 2: "c"})[np.arange(3)].where(lambda one: one == "a").tolist() == [True, True, False]
    assert column.changed({}) is column
