"""The follow-ups of the demonstration: invented, written by the acts of the product, and replayed from their events."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from harness.demo_zone import move_to_the_tiny_home
from harness.replaying import replay
from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.covers import covers_on
from signaux_faibles.web.accompagnements.management.demonstration import demonstration_people
from signaux_faibles.web.accompagnements.models import Comment, Cover, FollowUp
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.request import today

pytestmark = pytest.mark.django_db


def test_everything_that_the_demonstration_did_is_replayed_from_its_events(monkeypatch: pytest.MonkeyPatch) -> None:
    move_to_the_tiny_home(monkeypatch)
    call_command("demo_accounts", stdout=StringIO())
    call_command("demo_follow_ups", stdout=StringIO())
    followed = list(FollowUp.objects.all())
    assert {one.departement for one in followed} >= {"87"}
    for one in followed:
        assert replay(one.events.exclude(version=None).order_by("version")) == content_of(one)
    assert any(one.choices.get("DISPOSITIF") for one in followed)
    call_command("demo_follow_ups", stdout=StringIO())
    assert FollowUp.objects.count() == len(followed), "a second call does nothing"


def test_agents_of_the_demonstration_cite_a_colleague_and_cover_one_who_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    move_to_the_tiny_home(monkeypatch)
    for command in ("demo_accounts", "demo_follow_ups"):
        call_command(command, stdout=StringIO())
    cited = Comment.objects.exclude(mentions=[])
    assert {one.author.email for one in cited} == {"crp@demo.example"}
    assert all("@Dominique Favre (DGFiP)" in one.text for one in cited)
    secretary = demonstration_people()["codefi@demo.example"]
    assert "MENTIONS" in {one.kind.name for one in news_of(secretary)}
    covers = {one.account.email: one for one in Cover.objects.all()}
    assert covers["ddets@demo.example"].by == secretary.account
    assert covers_on(today()).count() == 1
    assert covers["crp@demo.example"].first > today()


def test_the_command_is_refused_on_real_data(settings: Settings, tmp_path: Path) -> None:
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="données réelles"):
        call_command("demo_follow_ups")
    assert not FollowUp.objects.exists()
