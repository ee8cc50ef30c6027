"""Citing a colleague in a comment: notified if they may read it, refused with a sentence if they may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, URSSAF
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.mentions import TextReaders, citations
from signaux_faibles.web.accompagnements.models import Comment, FollowUp
from signaux_faibles.web.circulation.news import count_unread, news_of
from signaux_faibles.web.rights.agent import Network

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]


@pytest.fixture(autouse=True)
def everybody(actor: Actors) -> None:
    """Camille (CRP), Alex (Urssaf), Noa (DARP), Sacha (CRP elsewhere), Andréa (product)."""
    for kind in (CRP, URSSAF, DARP, OUTSIDE, PRODUCT):
        actor(kind)


@pytest.mark.parametrize(
    ("text", "readers", "others"),
    [
        ("Voir avec @Camille (DREETS).", ["Camille"], []),
        ("@Camille, @Alex (Urssaf) : vendredi", ["Camille", "Alex"], []),
        ("@camille", ["Camille"], []),
        ("@Camillette (DREETS)", [], []),
        ("camille@dreets.example, a@Camille", [], []),
        ("@Sacha (DREETS)", [], ["Sacha"]),
        ("@Andréa (Signaux Faibles)", [], []),
        ("@Personne", [], []),
        ("@Dominique (DGFiP) et moi", [], []),
    ],
    ids=["by signature", "two", "by name", "another word", "addresses", "of another zone", "product administrator",
         "nobody", "oneself"],
)  # fmt: skip
def test_whom_a_text_cites(
    actor: Actors, follow_up: FollowUp, text: str, readers: list[str], others: list[str]
) -> None:
    found = citations(text, TextReaders(follow_up, Network.CODEFI, amicable=False), actor(CODEFI).account)
    assert ([one.name for one in found.readers], [one.name for one in found.others]) == (readers, others)


def test_of_two_people_of_one_name_the_one_who_may_read_is_meant(actor: Actors, follow_up: FollowUp) -> None:
    other = actor(OUTSIDE).account
    other.name = "Camille"
    other.save()
    found = citations(
        "@Camille (DREETS)", TextReaders(follow_up, Network.CODEFI, amicable=False), actor(CODEFI).account
    )
    assert [one.email for one in found.readers] == ["crp@demo.example"]
    assert found.others == ()


def write(browser: Client, follow_up: FollowUp, text: str, network: str = "CODEFI", **more: str) -> tuple[int, str]:
    answer = browser.post(f"/accompagnements/{follow_up.pk}/reseaux/{network}/commentaires", {"text": text, **more})
    return answer.status_code, answer.content.decode()


def test_who_is_cited_is_notified_without_carrying_the_follow_up(
    browser: Browser, actor: Actors, follow_up: FollowUp
) -> None:
    assert write(browser(CODEFI), follow_up, "@Alex (Urssaf), où en est le délai ?")[0] == 302
    assert [one.kind.name for one in news_of(actor(URSSAF))] == ["MENTIONS"]
    assert count_unread(actor(URSSAF)) == 1
    assert news_of(actor(CRP)) == []
    browser(URSSAF).get(f"/accompagnements/{follow_up.pk}")
    assert news_of(actor(URSSAF)) == []
    first = Comment.objects.get()
    write(browser(CODEFI), follow_up, "@Alex (Urssaf) et @Camille (DREETS), merci", replaces=str(first.pk))
    assert news_of(actor(URSSAF)) == [], "a correction does not notify twice"
    assert [one.kind.name for one in news_of(actor(CRP))] == ["MENTIONS"]


@pytest.mark.parametrize(
    ("text", "network", "more"),
    [
        ("@Sacha (DREETS)", "CODEFI", {}),
        ("@Camille (DREETS)", "DGFIP", {}),
        ("@Camille (DREETS) : conciliation", "CODEFI", {"amicable": "on"}),
    ],
    ids=["of another zone", "of another network", "kept to those who carry it"],
)
def test_a_mention_of_who_may_not_read_is_refused_and_the_text_kept(
    browser: Browser, follow_up: FollowUp, text: str, network: str, more: dict[str, str]
) -> None:
    status, page = write(browser(CODEFI), follow_up, text, network, **more)
    assert status == 422
    assert "ne peut pas lire ce texte" in page
    assert text.replace("'", "&#x27;") in page
    assert not Comment.objects.exists()


def test_only_those_who_may_read_are_suggested(browser: Browser, follow_up: FollowUp) -> None:
    def names(typed: str, network: str = "CODEFI", kind: str = CODEFI, more: str = "") -> list[str]:
        address = f"/accompagnements/{follow_up.pk}/reseaux/{network}/lecteurs?q={typed}{more}"
        return browser(kind).get(address).json()["readers"]

    assert names("a") == ["Alex (Urssaf)", "Camille (DREETS)", "Noa (DGEFP)"]
    assert names("cam") == ["Camille (DREETS)"]
    assert names("sach") == []
    assert names("a", "DGFIP") == []
    assert names("a", more="&amicable=on") == []
    for kind in (CRP, OUTSIDE, PRODUCT):
        address = f"/accompagnements/{follow_up.pk}/reseaux/CODEFI/lecteurs?q=a"
        assert browser(kind).get(address).status_code in (403, 404), "who does not comment has no suggestion"
