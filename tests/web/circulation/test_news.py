"""What agents hear of the follow-ups that they carry, on the page and by mail."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from harness.agents import CODEFI, CRP, OUTSIDE, URSSAF
from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Actor, name_people
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.circulation import digest
from signaux_faibles.web.circulation.digest import Mail, send
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Digest
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.circulation.urgent import AT_ONCE, urgent_mails
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
ADDRESS = "https://signaux-faibles.example"


def digests() -> list[Mail]:
    with shelf(settings.SF_HOME).pinned() as snapshot:
        return digest.digests(today(), ADDRESS, snapshot)


@pytest.fixture
def shared(actor: Actors, follow_up: FollowUp) -> FollowUp:
    """The follow-up of the SP CODEFI, who has just named the CRP of the zone and that of another."""
    people = {
        "referents": [actor(CODEFI).account.pk],
        "participants": [actor(one).account.pk for one in (CRP, OUTSIDE)],
    }
    name_people(actor(CODEFI), follow_up, people, follow_up.version)
    follow_up.refresh_from_db()
    return follow_up


def kinds(actor: Actor) -> list[str]:
    return [one.kind.name for one in news_of(actor)]


def badge(client: Client) -> int:
    found = re.search(r'Notifications <span class="sf-count">(\d+)', client.get("/").content.decode())
    return int(found[1]) if found else 0


def test_who_is_added_is_notified_and_of_nothing_earlier(actor: Actors, shared: FollowUp) -> None:
    assert kinds(actor(CRP)) == ["ADDED"]
    assert kinds(actor(CODEFI)) == [], "one's own acts are no news"
    assert kinds(actor(URSSAF)) == [], "nor those on follow-ups that one does not carry"


def test_a_notification_is_gone_once_the_follow_up_was_opened(browser: Browser, shared: FollowUp) -> None:
    crp = browser(CRP)
    assert badge(crp) == 1
    page = crp.get("/notifications").content.decode()
    assert ATELIERS.name in page
    assert "Dominique (DGFiP) a ajouté votre nom aux contributeurs" in page
    assert badge(crp) == 1, "the list itself is not a reading"
    crp.get(f"/accompagnements/{shared.pk}")
    assert badge(crp) == 0
    browser(CODEFI).post(f"/accompagnements/{shared.pk}/reseaux/CODEFI/commentaires", {"text": "Vu"})
    assert badge(crp) == 1
    crp.post("/notifications/lecture")
    assert badge(crp) == 0
    assert "Rien de nouveau" in crp.get("/notifications").content.decode()


def test_a_text_is_news_for_its_network_only(browser: Browser, actor: Actors, shared: FollowUp) -> None:
    for kind in (CRP, OUTSIDE):
        browser(kind).post("/notifications/lecture")
    codefi = browser(CODEFI)
    codefi.post(f"/accompagnements/{shared.pk}/reseaux/DGFIP/commentaires", {"text": "Interne"})
    assert (kinds(actor(CRP)), kinds(actor(OUTSIDE))) == ([], [])
    assert badge(browser(CRP)) == 0
    codefi.post(f"/accompagnements/{shared.pk}/reseaux/CODEFI/commentaires", {"text": "Pour tous"})
    assert (kinds(actor(CRP)), kinds(actor(OUTSIDE))) == (["TEXTS"], ["TEXTS"])
    browser(CRP).post(f"/accompagnements/{shared.pk}/reseaux/CRP/commentaires", {"text": "Entre CRP"})
    assert kinds(actor(OUTSIDE)) == ["TEXTS"], "out of their zone, a CRP reads the CODEFI alone"


def test_the_digest_counts_and_names_no_company(browser: Browser, actor: Actors, shared: FollowUp) -> None:
    browser(CODEFI).post(f"/accompagnements/{shared.pk}/reseaux/CODEFI/commentaires", {"text": "Dette de 52 340 €"})
    mails = {one.account.email: one.text for one in digests()}
    assert set(mails) == {"crp@demo.example", "corse@demo.example"}
    text = mails["crp@demo.example"]
    assert "- vous concernent : 1\n- commentaires et synthèses : 1" in text
    assert f"{ADDRESS}/notifications" in text
    for secret in ("ATELIERS", ATELIERS.siren, "52 340", "dette", "alerte", "procédure"):
        assert secret.lower() not in text.lower()


def test_a_digest_is_sent_once(browser: Browser, shared: FollowUp) -> None:
    assert send(digests(), "sf@example.org") == 2
    assert [one.to for one in mail.outbox] == [["crp@demo.example"], ["corse@demo.example"]]
    assert digests() == []
    browser(CODEFI).post(f"/accompagnements/{shared.pk}/reseaux/CODEFI/commentaires", {"text": "Encore"})
    assert [one.news for one in digests()] == [1, 1]
    assert Digest.objects.count() == 2


def test_a_mail_that_fails_is_sent_again_and_the_others_are_not(
    shared: FollowUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def refuse_the_second(message: mail.EmailMessage, fail_silently: bool = False) -> int:
        if sent:
            raise ConnectionRefusedError
        sent.extend(message.to)
        return 1

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_the_second)
    with pytest.raises(ConnectionRefusedError):
        send(digests(), "sf@example.org")
    assert sent == ["crp@demo.example"]
    assert [one.account.email for one in digests()] == ["corse@demo.example"]


def test_an_agent_chooses_what_the_digest_counts(browser: Browser, shared: FollowUp) -> None:
    others = [one.name for one in NewsKind if one is not NewsKind.ADDED]
    browser(CRP).post("/notifications/courriel", {"kind": others})
    assert [one.account.email for one in digests()] == ["corse@demo.example"]
    assert badge(browser(CRP)) == 1, "the page still says it"


def test_what_concerns_an_agent_by_name_does_not_wait_for_the_morning(
    browser: Browser, actor: Actors, shared: FollowUp
) -> None:
    assert send(urgent_mails(today(), ADDRESS), "sf@example.org", AT_ONCE) == 2
    assert [one.to for one in mail.outbox] == [["crp@demo.example"], ["corse@demo.example"]]
    assert "- vous concernent : 1" in mail.outbox[0].body
    assert "ATELIERS" not in mail.outbox[0].body + mail.outbox[0].subject
    assert urgent_mails(today(), ADDRESS) == [], "once"
    browser(CODEFI).post(f"/accompagnements/{shared.pk}/reseaux/CODEFI/commentaires", {"text": "Encore"})
    assert urgent_mails(today(), ADDRESS) == [], "a comment that cites nobody waits"
    assert [one.news for one in digests()] == [2, 2], "the morning counts all that is unread"
    send(digests(), "sf@example.org")
    assert urgent_mails(today(), ADDRESS) == []


def test_an_agent_who_wants_no_mail_of_a_kind_gets_no_urgent_one(browser: Browser, shared: FollowUp) -> None:
    others = [one.name for one in NewsKind if one is not NewsKind.ADDED]
    browser(CRP).post("/notifications/courriel", {"kind": others})
    assert [one.account.email for one in urgent_mails(today(), ADDRESS)] == ["corse@demo.example"]


def test_a_closed_account_gets_no_mail(actor: Actors, shared: FollowUp) -> None:
    account = actor(CRP).account
    account.is_active = False
    account.save()
    assert [one.account.email for one in digests()] == ["corse@demo.example"]
