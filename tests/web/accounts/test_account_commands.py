"""`sf account`: what an operator types, and what is then written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from typer.testing import CliRunner

from harness.tiny_home import TinyHome
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Administration

pytestmark = pytest.mark.django_db
PASSWORD = "girafe-violette-42"
EMAIL = "camille@dreets.example"
CAMILLE = (EMAIL, "--name", "Camille Renaud", "--administration", "DREETS", "--fonction", "CRP Bretagne")
RIGHTS = ("--region", "Bretagne", "--department", "87", "--family", "urssaf", "--family", "detection")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Home:
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    settings.SF_HOME = Home(tmp_path)
    return settings.SF_HOME


def types(*words: str, passwords: tuple[str, ...] = (PASSWORD, PASSWORD)) -> tuple[int, str]:
    """The exit code of a command, and everything that it prints."""
    done = CliRunner().invoke(app, ["account", *words], input="".join(f"{one}\n" for one in passwords))
    return done.exit_code, " ".join(done.output.split())


def test_an_account_is_created_with_its_rights_and_signs_in(
    client: Client, shared_home: Home, settings: Settings
) -> None:
    code, printed = types("create", *CAMILLE, *RIGHTS, "--until", "2099-06-30")
    assert (code, PASSWORD in printed) == (0, False)
    account = Account.objects.get()
    agent = account.agent()
    assert (account.name, account.fonction, account.demo) == ("Camille Renaud", "CRP Bretagne", False)
    assert (agent.administration, agent.zone) == (Administration.DREETS, {"22", "29", "35", "56", "87"})
    assert {family: str(day) for family, day in agent.habilitations.items()} == {
        Family.URSSAF: "2099-06-30",
        Family.DETECTION: "2099-06-30",
    }
    settings.SF_HOME = shared_home
    assert client.post("/connexion", {"email": EMAIL, "password": PASSWORD}).status_code == 302


def test_an_account_that_only_proconnect_opens_has_no_password(client: Client) -> None:
    code, printed = types("create", *CAMILLE, "--no-password", passwords=())
    assert (code, "application de codes" in printed) == (0, True)
    assert not Account.objects.get().has_usable_password()


def test_what_is_asked_of_an_account_beside_its_password_is_said(settings: Settings) -> None:
    settings.SF_SECOND_FACTOR = False
    assert "Sans second facteur." in types("create", *CAMILLE, "--correspondent")[1]
    assert Account.objects.get().agent().correspondent


REFUSED = {
    "an address that is none": (("pas-une-adresse", *CAMILLE[1:]), "n'est pas une adresse"),
    "a department that does not exist": ((*CAMILLE, "--department", "99"), "Départements inconnus : 99."),
    "a region that does not exist": ((*CAMILLE, "--region", "Limousin"), "Région inconnue : « Limousin ». Régions : "),
    "habilitations already over": ((*CAMILLE, *RIGHTS, "--until", "2020-01-01"), "est arrivée à échéance"),
    "fiscal data outside the DGFiP": ((*CAMILLE, "--family", "fiscal"), "qu’aux agents de la DGFiP"),
    "an administrator who would read": (
        (*CAMILLE, "--family", "urssaf", "--product-administrator"),
        "ne lit aucune donnée d’entreprise",
    ),
    "a demonstration account without any data": ((*CAMILLE, "--demo"), "demande des données fictives publiées"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_an_account_that_would_be_wrong_is_refused(words: tuple[str, ...], sentence: str) -> None:
    code, printed = types("create", *words)
    assert (code, sentence in printed) == (1, True), printed
    assert not Account.objects.exists()


PASSWORDS = {
    "short": (("courte",) * 2, "trop court"),
    "common": (("1qaz2wsx3edc",) * 2, "trop courant"),
    "digits": (("739184650217",) * 2, "entièrement numérique"),
    "like the name": (("camillerenaud",) * 2, "trop semblable"),
    "like the address": (("camille@dreets",) * 2, "trop semblable"),
    "typed differently": ((PASSWORD, PASSWORD + "0"), "Les deux mots de passe diffèrent"),
}


@pytest.mark.parametrize(("passwords", "sentence"), PASSWORDS.values(), ids=PASSWORDS.keys())
def test_a_password_that_the_policy_refuses_makes_no_account(passwords: tuple[str, ...], sentence: str) -> None:
    code, printed = types("create", *CAMILLE, passwords=passwords)
    assert (code, sentence in printed) == (1, True), printed
    assert not Account.objects.exists()


def test_the_policy_holds_whatever_sets_the_password() -> None:
    with pytest.raises(ValidationError, match="trop court"):
        Account(email=EMAIL).set_password("a")
    with pytest.raises(CommandError, match="sf account create"):
        call_command("createsuperuser")


def test_a_demonstration_account_is_refused_on_real_data(home: Home) -> None:
    TinyHome(home.root).publish("2611-a", fictitious=False)
    assert "données réelles" in types("create", *CAMILLE, "--demo")[1]


def test_an_existing_account_is_not_replaced() -> None:
    types("create", *CAMILLE)
    code, printed = types("create", EMAIL.upper(), *CAMILLE[1:])
    assert (code, "existe déjà" in printed) == (1, True)


def test_accounts_are_listed_closed_opened_and_given_other_rights() -> None:
    types("create", *CAMILLE, *RIGHTS)
    printed = types("list")[1]
    until = timezone.localdate() + timedelta(days=180)
    assert all(word in printed for word in ("DREETS", "ouvert", "jamais", str(until.year)))
    assert types("disable", EMAIL)[0] == 0
    assert not Account.objects.get().is_active
    assert "fermé" in types("list")[1]
    assert types("enable", EMAIL)[0] == 0
    assert types("rights", EMAIL, "--administration", "dgefp", "--department", "75", "--family", "dgefp")[0] == 0
    agent = Account.objects.get().agent()
    assert (agent.administration, agent.zone, set(agent.habilitations)) == (
        Administration.DGEFP,
        {"75"},
        {Family.DGEFP},
    )


def test_a_new_password_ends_the_sessions_of_the_former(client: Client, shared_home: Home, settings: Settings) -> None:
    types("create", *CAMILLE)
    client.force_login(Account.objects.get())
    assert types("reset", EMAIL, passwords=("autre-girafe-mauve",) * 2)[0] == 0
    settings.SF_HOME = shared_home
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("command", ["disable", "enable", "reset"])
def test_an_unknown_account_is_said(command: str) -> None:
    code, printed = types(command, "inconnu@demo.example")
    assert (code, "Aucun compte pour « inconnu@demo.example »" in printed) == (1, True)


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    code, printed = types("list", "--home", str(tmp_path / "mistyped"))
    assert (code, "n'existe pas" in printed, (tmp_path / "mistyped").exists()) == (1, True, False)
