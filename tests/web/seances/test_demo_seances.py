"""The séances and the campagne of the demonstration: invented, written by the acts of the product, once."""

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
from signaux_faibles.web.accompagnements.models import Approach, FollowUp
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Decision, Seance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    move_to_the_tiny_home(monkeypatch)


def demonstrate(*commands: str) -> None:
    for command in ("demo_accounts", *commands):
        call_command(command, stdout=StringIO())


def test_a_seance_was_held_and_another_is_to_come() -> None:
    demonstrate("demo_seances", "demo_seances")
    held, coming = Seance.objects.order_by("on")
    assert held.on < today() < coming.on
    decided = Decision.objects.filter(company__seance=held)
    assert {one.kind for one in decided} >= {"OUVRIR", "CONFIER", "REVOIR"}
    assert not Decision.objects.filter(company__seance=coming).exists()
    put_off = decided.get(kind="REVOIR")
    assert put_off.company.siret in coming.companies.values_list("siret", flat=True)
    opened = FollowUp.objects.get()
    assert opened.members.filter(role="REFERENT").count() == 2
    assert replay(opened.events.exclude(version=None).order_by("version")) == content_of(opened)


def test_a_campagne_is_shared_out() -> None:
    demonstrate("demo_campagne", "demo_campagne")
    campagne = Campagne.objects.get()
    assert campagne.companies.count() == 4
    assert CampagneAct.objects.filter(kind="TAKE").count() == 4
    assert Approach.objects.count() == CampagneAct.objects.filter(kind="OUTCOME").count() == 3


def test_nobody_calls_a_company_that_is_followed() -> None:
    demonstrate("demo_follow_ups", "demo_campagne")
    called = set(Campagne.objects.get().companies.values_list("siret", flat=True))
    assert called
    assert not called & set(FollowUp.objects.values_list("siret", flat=True))


def test_a_seance_reviews_what_is_followed_too() -> None:
    demonstrate("demo_follow_ups", "demo_seances", "demo_campagne")
    assert Decision.objects.filter(kind="REORIENTER", follow_up__departement="87").exists()
    assert not Campagne.objects.exists(), "every company is followed: there is nobody to call"


@pytest.mark.parametrize("command", ["demo_seances", "demo_campagne"])
def test_the_commands_are_refused_on_real_data(settings: Settings, tmp_path: Path, command: str) -> None:
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="données réelles"):
        call_command(command)
    assert not Seance.objects.exists()
    assert not Campagne.objects.exists()
