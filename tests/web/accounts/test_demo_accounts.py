"""The command that creates the demo accounts."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.management.commands.demo_accounts import PEOPLE
from signaux_faibles.web.accounts.models import Account, Habilitation

pytestmark = pytest.mark.django_db


def run() -> str:
    """What the command prints."""
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    return output.getvalue()


def test_each_person_signs_in_with_the_password_printed(client: Client) -> None:
    printed = run()
    password = printed.rsplit(" : ", 1)[1].strip()
    for person in PEOPLE:
        assert person.name in printed
        assert client.post("/connexion", {"email": person.email, "password": password}).status_code == 302


def test_no_password_is_like_the_name_or_the_address_of_a_person() -> None:
    for _ in range(20):
        password = run().rsplit(" : ", 1)[1].strip()
        assert not set(password) & set("".join(person.name + person.email for person in PEOPLE).lower())


def test_running_again_renews_the_accounts_and_their_password() -> None:
    assert run() != run()
    assert Account.objects.count() == len(PEOPLE)
    assert Habilitation.objects.count() == sum(len(person.families) for person in PEOPLE)


def test_the_command_is_refused_on_real_data(settings: Settings, tmp_path: Path) -> None:
    TinyHome(tmp_path).publish("2611-a", fictitious=False)
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="données réelles"):
        run()
    assert not Account.objects.exists()


def test_the_command_is_refused_when_a_batch_behind_the_snapshot_is_real(settings: Settings, tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    home.publish("2611-a")
    home.home.batches.mkdir()
    (home.home.batches / "2609.json").write_text('{"fictitious": false}', encoding="utf-8")
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="données réelles"):
        run()
    assert not Account.objects.exists()


def test_the_command_is_refused_when_nothing_is_published(settings: Settings, tmp_path: Path) -> None:
    settings.SF_HOME = Home(tmp_path)
    with pytest.raises(CommandError, match="Publiez d'abord"):
        run()
