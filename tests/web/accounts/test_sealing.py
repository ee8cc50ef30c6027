"""The secrets of applications of codes are sealed: in the database, in sessions, through a change of key."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import Settings
from typer.testing import CliRunner

from harness.races import on_both_databases, outcome_of
from harness.second_factor import code, crp_on_real_data
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.models import Account, CodeApplication
from signaux_faibles.web.accounts.second_factor.codes import check, enrol, new_key, seal_again
from signaux_faibles.web.accounts.second_factor.gate import SecondFactor
from signaux_faibles.web.accounts.second_factor.sealing import Unreadable, seal, sealed_again, unseal
from signaux_faibles.web.journal.author import OPERATOR
from signaux_faibles.web.journal.models import Entry

TRIALS = Path(__file__).with_name("sealing_trials.py")
KEY = "3132333435363738393031323334353637383930"


@pytest.fixture
def person(account: Callable[[str], Account]) -> Account:
    return crp_on_real_data(account)


def test_a_sealed_secret_is_read_by_its_owner_alone_and_never_looks_the_same() -> None:
    one, other = seal(7, KEY), seal(7, KEY)
    assert one != other
    assert unseal(7, one) == unseal(7, other) == KEY
    with pytest.raises(Unreadable):
        unseal(8, one)


@pytest.mark.parametrize("sealed", ["", KEY, "gAAAA", "é"])
def test_what_was_not_sealed_is_unreadable(sealed: str) -> None:
    with pytest.raises(Unreadable):
        unseal(7, sealed)
    with pytest.raises(Unreadable):
        sealed_again(sealed, ["a", "b"])


def test_another_key_opens_nothing(settings: Settings) -> None:
    sealed, key = seal(7, KEY), settings.SF_SEAL_KEYS[0]
    settings.SF_SEAL_KEYS = ("another",)
    with pytest.raises(Unreadable):
        unseal(7, sealed)
    settings.SF_SEAL_KEYS = ("another", key)
    assert unseal(7, sealed) == KEY


def every_text() -> str:
    """All that the database holds."""
    with connection.cursor() as cursor:
        cells = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            cells.extend(str(cell) for row in cursor.fetchall() for cell in row)
    return "\n".join(cells)


@pytest.mark.django_db
def test_neither_the_database_nor_its_sessions_hold_a_secret(person: Account) -> None:
    client = Client()
    client.force_login(person)
    shown = client.get("/session/second-facteur/enregistrement").context["key"]
    key = unseal(person.pk, client.session["second_factor_key"])
    session = str(dict(client.session))
    assert client.post("/session/second-facteur/enregistrement", {"code": code(key)}).context["codes"]
    for secret in (key, key.upper(), shown):
        assert secret not in session
        assert secret not in every_text()


@pytest.mark.django_db
def test_a_secret_that_no_key_opens_accepts_nothing_and_a_recovery_code_still_does(
    person: Account, settings: Settings
) -> None:
    key = new_key()
    recovery = enrol(person, key, code(key, -1), by=OPERATOR)
    settings.SF_SEAL_KEYS = ("another",)
    assert check(person, code(key)) is None
    assert check(person, recovery[0]) is SecondFactor.RECOVERY


@pytest.mark.django_db
def test_a_code_is_used_once_even_by_two_sessions_that_read_the_same_state(
    person: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sessions have read the state before either writes it: the second write finds the step taken."""
    key = new_key()
    enrol(person, key, code(key, -1), by=OPERATOR)
    read = CodeApplication.objects.get(account=person)
    assert check(person, code(key)) is SecondFactor.CODE
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda _: read)
    assert check(person, code(key)) is None


@pytest.mark.django_db
def test_a_change_of_key_seals_all_or_says_what_it_cannot_open(person: Account, settings: Settings) -> None:
    key = new_key()
    enrol(person, key, code(key, -1), by=OPERATOR)
    assert seal_again(["new", *settings.SF_SEAL_KEYS]) == (1, 0)
    settings.SF_SEAL_KEYS = ("new",)
    assert check(person, code(key)) is SecondFactor.CODE
    assert seal_again(["unknown"]) == (0, 1)
    assert check(person, code(key, 1)) is SecondFactor.CODE, "what cannot be opened stays as it is"
    assert Entry.objects.filter(subject="applications de codes").count() == 2


@pytest.mark.django_db
def test_the_operator_changes_the_key_of_the_folder(
    person: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = new_key()
    (tmp_path / "seal_key").write_text("former", encoding="utf-8")
    settings.SF_SEAL_KEYS = ("former",)
    enrol(person, key, code(key, -1), by=OPERATOR)
    settings.SF_HOME = Home(tmp_path)
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    monkeypatch.delenv("SF_SEAL_KEY")
    done = CliRunner().invoke(app, ["account", "reseal"])
    assert (done.exit_code, "1 secret" in done.output) == (0, True), done.output
    kept = (tmp_path / "seal_key").read_text(encoding="utf-8").split()
    assert (len(kept), kept == ["former"], (tmp_path / "seal_key").stat().st_mode & 0o777) == (1, False, 0o600)
    settings.SF_SEAL_KEYS = tuple(kept)
    assert check(person, code(key)) is SecondFactor.CODE


@pytest.mark.django_db
def test_applications_enrolled_before_are_sealed_and_their_table_is_gone(person: Account) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE otp_totp_totpdevice "
            "(id integer, user_id integer, key varchar(80), last_t bigint, drift smallint, confirmed bool)"
        )
        rows = [(1, KEY[::-1], 5, 0, True), (2, KEY, 9, 1, True), (3, "00", 0, 0, False)]
        for number, key, last, drift, confirmed in rows:
            values = [number, person.pk, key, last, drift, confirmed]
            cursor.execute("INSERT INTO otp_totp_totpdevice VALUES (%s, %s, %s, %s, %s, %s)", values)
    migration = import_module("signaux_faibles.web.accounts.migrations.0007_sealed_secrets")
    for _ in range(2):
        migration.seal_former(apps, SimpleNamespace(connection=connection))
    row = CodeApplication.objects.get()
    assert (unseal(person.pk, row.sealed), row.last_step, row.drift) == (KEY, 9, 1)
    assert "otp_totp_totpdevice" not in connection.introspection.table_names()


@on_both_databases
def test_an_installation_of_before_is_sealed_when_it_is_brought_up_to_date(database: str, tmp_path: Path) -> None:
    kept = {"Agent 0": ["cc" * 20, 3], "Agent 1": ["bb" * 20, 2]}
    assert outcome_of(TRIALS, database, tmp_path) == {"kept": kept, "former table": False}
