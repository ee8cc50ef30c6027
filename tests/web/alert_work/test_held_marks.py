"""The acts held in memory are those of the database, whoever wrote them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from signaux_faibles.detection.levels import Level
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work import held_marks as module
from signaux_faibles.web.alert_work.events import Seen, marks_of, write_act
from signaux_faibles.web.alert_work.held_marks import held_marks
from signaux_faibles.web.rights.alert_work import AskedAct, WorkAct

pytestmark = pytest.mark.django_db
ONE, OTHER = "811111111", "822222222"


def act(account: Account, siren: str, version: int, what: WorkAct, assignee: Account | None = None) -> None:
    seen = Seen(siren, version, 1, "2610-a", 1, Level.HIGH, in_procedure=False)
    write_act(account, seen, AskedAct(what), assignee=assignee, note="à rappeler")


def test_an_act_is_read_as_soon_as_it_is_written(account: Callable[[str], Account]) -> None:
    crp, codefi = account("CRP de la zone"), account("SP CODEFI")
    assert dict(held_marks()) == {}
    act(crp, ONE, 0, WorkAct.SEEN)
    act(crp, ONE, 1, WorkAct.ASSIGN, codefi)
    assert dict(held_marks()) == marks_of([ONE])
    act(codefi, OTHER, 0, WorkAct.DONE)
    assert dict(held_marks()) == marks_of([ONE, OTHER])
    assert held_marks() is held_marks()


def test_a_new_name_is_read_after_a_minute(account: Callable[[str], Account], monkeypatch: pytest.MonkeyPatch) -> None:
    crp = account("CRP de la zone")
    act(crp, ONE, 0, WorkAct.SEEN)
    assert held_marks()[ONE][0].by == crp.signature
    Account.objects.filter(pk=crp.pk).update(name="Camille Autre")
    monkeypatch.setattr(module, "NAMES_FOR", -1.0)
    assert held_marks()[ONE][0].by.startswith("Camille Autre")


def test_an_act_shown_after_a_later_one_is_read(
    account: Callable[[str], Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL numbers acts as they begin and shows them as they end."""
    crp = account("CRP de la zone")
    act(crp, ONE, 0, WorkAct.SEEN)
    held = held_marks()
    assert held.last is not None
    monkeypatch.setattr(module, "_HELD", [replace(held, last=held.last + 1000)])  # as if a later one had been shown
    act(crp, OTHER, 0, WorkAct.DONE)
    assert dict(held_marks()) == marks_of([ONE, OTHER])
