"""The letters of the demonstration: noted by its agents, once, and an answer that waits."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from harness.demo_zone import move_to_the_tiny_home
from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.management.demonstration import demonstration_people
from signaux_faibles.web.courriers.answers import waiting
from signaux_faibles.web.courriers.models import LetterStep

pytestmark = pytest.mark.django_db


def test_a_director_answered_another_declined_and_a_third_was_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    move_to_the_tiny_home(monkeypatch)
    for command in ("demo_accounts", "demo_letters", "demo_letters"):
        call_command(command, stdout=StringIO())
    noted = list(LetterStep.objects.order_by("pk").values_list("administration", "step"))
    assert noted == [
        ("URSSAF", "SENT"),
        ("URSSAF", "ANSWERED"),
        ("DREETS", "SENT"),
        ("DREETS", "REMINDED"),
        ("DDETS", "SENT"),
        ("DDETS", "REFUSED"),
    ]
    people = demonstration_people()
    assert [len(waiting(people[f"{one}@demo.example"])) for one in ("urssaf", "crp", "ddets")] == [1, 0, 0]


def test_the_command_is_refused_on_real_data(settings: Settings, tmp_path: Path) -> None:
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="données réelles"):
        call_command("demo_letters")
    assert not LetterStep.objects.exists()
