"""The number in the menu is that of what is unread, after each act of anyone, and is not counted again without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, SIRET, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, name_people
from signaux_faibles.web.accompagnements.covers import cover, end_cover
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.circulation.badge import badge, forget
from signaux_faibles.web.circulation.models import CompanyAlert
from signaux_faibles.web.circulation.news import count_unread
from signaux_faibles.web.circulation.notices import notices_of
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Decision, Sending
from signaux_faibles.web.seances.preparing import Terms, add_companies, create

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
JUDGMENT = {"label": "Redressement judiciaire", "on": "2026-10-01"}
EVERYONE = (CODEFI, CRP, URSSAF, DARP, OUTSIDE)


@pytest.fixture
def snapshot(shared_home: object) -> object:
    with Shelf(shared_home).pinned() as held:  # type: ignore[arg-type]
        yield held


def counted(actor: Actor, snapshot: Snapshot) -> int:
    return count_unread(actor) + len(notices_of(actor, snapshot))


def test_it_is_right_after_every_act(actor: Actors, browser: Browser, follow_up: FollowUp, snapshot: Snapshot) -> None:
    """Acts follow one another faster than a count is forgotten."""
    page, codefi = f"/accompagnements/{follow_up.pk}", actor(CODEFI)
    held: dict[str, object] = {}

    def name() -> None:
        follow_up.refresh_from_db()
        people = {"referents": [codefi.account.pk], "participants": [actor(one).account.pk for one in (CRP, DARP)]}
        name_people(codefi, follow_up, people, follow_up.version)

    def unname() -> None:
        follow_up.refresh_from_db()
        name_people(codefi, follow_up, {"referents": [codefi.account.pk], "participants": []}, follow_up.version)

    def contest() -> None:
        row = Dispute(account=actor(CRP).account, siren=ATELIERS.siren, siret=SIRET, subject="DETTES", text="Soldée")
        row.save()
        held["dispute"] = row

    def sit() -> None:
        terms = Terms(today(), "CODEFI restreint", (codefi.account.pk, actor(CRP).account.pk))
        held["seance"] = create(codefi, "87", terms)
        add_companies(codefi, held["seance"].pk, [SIRET])  # type: ignore[attr-defined]

    def decide() -> None:
        seance = held["seance"]
        Sending(seance=seance, author=codefi.account, recipients=2).save()
        Decision(company=seance.companies.get(), kind="OUVRIR", author=codefi.account).save()  # type: ignore[attr-defined]

    touch = {"contact-on": today().isoformat(), "contact-channel": "PHONE", "contact-subject": "Point"}
    acts: dict[str, Callable[[], object]] = {
        "named": name,
        "commented": lambda: browser(CODEFI).post(f"{page}/reseaux/CODEFI/commentaires", {"text": "Vu"}),
        "called": lambda: browser(URSSAF).post(f"{page}/prises-de-contact", touch),
        "read": lambda: browser(CRP).get(page),
        "refused": lambda: browser(DARP).post(f"{page}/nouvelles", {"stop": "1"}),
        "wanted": lambda: browser(DARP).post(f"{page}/nouvelles"),
        "alerted": CompanyAlert(siren=ATELIERS.siren, kind="PROCEDURE", key="x", detail=JUDGMENT, snapshot="2610").save,
        "contested": contest,
        "answered": lambda: DisputeAnswer(dispute=held["dispute"], by="Urssaf", text="Corrigé").save(),  # type: ignore[misc]
        "sat": sit,
        "decided": decide,
        "marked": lambda: browser(CRP).post("/notifications/lecture"),
        "covered": lambda: held.update(
            cover=cover(codefi.account, actor(CRP).account, today(), today() + timedelta(3), today())
        ),
        "back": lambda: end_cover(codefi.account, held["cover"].pk),  # type: ignore[attr-defined]
        "unnamed": unname,
    }
    moved = set()
    for name_of_act, act in acts.items():
        before = {kind: badge(actor(kind), snapshot) for kind in EVERYONE}
        act()
        after = {kind: badge(actor(kind), snapshot) for kind in EVERYONE}
        assert after == {kind: counted(actor(kind), snapshot) for kind in EVERYONE}, name_of_act
        moved |= {name_of_act} if after != before else set()
    assert {"named", "commented", "read", "contested", "answered", "sat", "marked"} <= moved


def test_it_is_asked_in_one_query_as_long_as_nobody_acts(
    actor: Actors, follow_up: FollowUp, snapshot: Snapshot
) -> None:
    codefi = actor(CODEFI)
    badge(codefi, snapshot)
    with CaptureQueriesContext(connection) as asked:
        badge(codefi, snapshot)
    assert len(asked) == 1


def test_what_moves_without_a_number_shows_within_a_minute(
    actor: Actors, follow_up: FollowUp, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1_000.0
    monkeypatch.setattr("signaux_faibles.web.circulation.badge.time.monotonic", lambda: clock)
    codefi, crp = actor(CODEFI), actor(CRP)
    seance = create(codefi, "87", Terms(today(), "CODEFI restreint", (codefi.account.pk, crp.account.pk)))
    assert badge(crp, snapshot) == 1
    type(seance).objects.filter(pk=seance.pk).update(on=today() - timedelta(1))
    clock += 60
    assert badge(crp, snapshot) == 0


def test_an_agent_whose_rights_change_has_another_count(actor: Actors, follow_up: FollowUp, snapshot: Snapshot) -> None:
    crp = actor(CRP)
    create(actor(CODEFI), "87", Terms(today(), "CODEFI", (crp.account.pk,)))
    assert badge(crp, snapshot) == 1
    product = Actor(crp.account, actor("administrateur du produit").agent, crp.today)
    assert badge(product, snapshot) == 0
    forget()
    assert badge(product, snapshot) == 0
