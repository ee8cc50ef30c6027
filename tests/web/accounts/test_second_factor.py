"""Local accounts give a second factor: a code of their application, each good once, or a recovery code, used up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from typer.testing import CliRunner

from harness.second_factor import code, crp_on_real_data
from harness.sessions import moved
from harness.tiny_home import ATELIERS
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.models import Account, CodeApplication, RecoveryCode, SignInFailure
from signaux_faibles.web.accounts.second_factor.codes import RECOVERY_CODES
from signaux_faibles.web.accounts.second_factor.sealing import unseal
from signaux_faibles.web.accounts.session_terms import BEGUN, RECENT
from signaux_faibles.web.accounts.throttle import FREE, LONGEST_WAIT
from signaux_faibles.web.journal.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe inventé"
EMAIL = "crp@demo.example"
ASKED, ENROL, RECOVERY = (
    "/session/second-facteur",
    "/session/second-facteur/enregistrement",
    "/session/second-facteur/secours",
)
SHEET = f"/entreprises/{ATELIERS.siren}"


@pytest.fixture(autouse=True)
def person(account: Callable[[str], Account]) -> Account:
    return crp_on_real_data(account)


def signed() -> Client:
    """A browser in which the password was right, and nothing more."""
    client = Client()
    assert client.post("/connexion", {"email": EMAIL, "password": PASSWORD}).status_code == 302
    return client


def enrolled() -> tuple[str, list[str]]:
    """The key and the recovery codes of an application that was just enrolled, with the code of the step before."""
    client = signed()
    client.get(ENROL)
    key = waiting_key(client)
    answer = client.post(ENROL, {"code": code(key, -1)})
    return key, answer.context["codes"]


def waiting_key(client: Client) -> str:
    """The secret that a session waits to see used."""
    return unseal(int(client.session["_auth_user_id"]), client.session["second_factor_key"])


def kept_keys() -> list[str]:
    """The secrets in the database, once unsealed."""
    return [unseal(one.account_id, one.sealed) for one in CodeApplication.objects.all()]


def tried(client: Client, typed: str) -> int:
    return client.post(ASKED, {"code": typed}).status_code


@pytest.mark.parametrize("address", ["/", SHEET, "/session/objet", RECOVERY])
def test_a_password_alone_opens_no_page(address: str) -> None:
    answer = signed().get(address)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, ASKED)
    assert not Entry.objects.filter(kind="READING").exists()


def test_at_the_first_sign_in_an_application_is_enrolled_then_the_page_opens() -> None:
    client = signed()
    page = client.get(client.get(client.get(SHEET).headers["Location"]).headers["Location"])
    assert page.context["next"] == SHEET
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert page.context["key"] in page.content.decode()
    assert client.post(ENROL, {"code": "000000"}).status_code == 422
    assert not CodeApplication.objects.exists()
    key, key_of_session = waiting_key(client), client.session.session_key
    done = client.post(ENROL, {"code": f" {code(key)[:3]} {code(key)[3:]} ", "next": SHEET})
    assert (len(done.context["codes"]), done.context["next"]) == (RECOVERY_CODES, SHEET)
    assert client.get(SHEET).headers["Location"].startswith("/session/objet")
    assert client.session.session_key != key_of_session
    assert "second_factor_key" not in client.session
    assert Entry.objects.filter(kind="RIGHTS", account=EMAIL, detail='{"second_factor":"enrolled"}').count() == 1


def test_each_code_opens_one_session() -> None:
    key, _ = enrolled()
    client, other, third = signed(), signed(), signed()
    assert tried(client, code(key)) == 302
    assert client.get("/").headers["Location"].startswith("/session/objet")
    assert tried(other, code(key)) == 422, "it has served"
    assert tried(third, code(key, -1)) == 422, "an earlier one too"


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "000000", "１２３４５６", "-" * 29])
def test_what_is_no_code_is_refused(typed: str) -> None:
    enrolled()
    client = signed()
    assert tried(client, typed) == 422
    assert client.get("/").headers["Location"].startswith(ASKED)


def test_a_code_of_another_account_opens_nothing(account: Callable[[str], Account]) -> None:
    key, codes = enrolled()
    account("SP CODEFI")
    Account.objects.update(demo=False)
    client = Client()
    client.force_login(Account.objects.get(email="codefi@demo.example"))
    client.get(ENROL)
    assert client.post(ENROL, {"code": code(waiting_key(client))}).status_code == 200
    other = Client()
    other.force_login(Account.objects.get(email="codefi@demo.example"))
    assert (tried(other, code(key, 1)), tried(other, codes[0])) == (422, 422)


def test_a_recovery_code_opens_one_session_and_only_its_digest_is_kept() -> None:
    _, codes = enrolled()
    assert not RecoveryCode.objects.filter(digest__in=[*codes, codes[0].replace("-", "")]).exists()
    assert tried(signed(), codes[0].upper().replace("-", " ")) == 302
    assert tried(signed(), codes[0]) == 422
    assert RecoveryCode.objects.count() == RECOVERY_CODES - 1


def test_new_recovery_codes_replace_the_former() -> None:
    _, codes = enrolled()
    client = signed()
    tried(client, codes[0])
    drawn = client.post(RECOVERY).context["codes"]
    assert (len(set(drawn)), set(drawn) & set(codes)) == (RECOVERY_CODES, set())
    assert tried(signed(), codes[1]) == 422
    assert tried(signed(), drawn[1]) == 302


def test_a_password_alone_does_not_enrol_another_application() -> None:
    key, _ = enrolled()
    assert signed().get(ENROL).headers["Location"] == ASKED
    assert signed().post(ENROL, {"code": "123456"}).headers["Location"] == ASKED
    assert kept_keys() == [key]


def test_a_session_that_gave_its_factor_may_change_application() -> None:
    _, codes = enrolled()
    client = signed()
    tried(client, codes[0])
    client.get(ENROL)
    key = waiting_key(client)
    client.post(ENROL, {"code": code(key)})
    assert kept_keys() == [key]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [ENROL, RECOVERY])
def test_a_session_left_open_changes_no_factor_until_its_owner_signs_in_again(address: str, method: str) -> None:
    key, codes = enrolled()
    client = signed()
    tried(client, codes[0])
    moved(client, BEGUN, RECENT)
    answer = getattr(client, method)(address, {"code": "123456"})
    assert answer.status_code == 403
    assert "Identifiez-vous de nouveau" in answer.content.decode()
    assert kept_keys() == [key]
    assert RecoveryCode.objects.count() == RECOVERY_CODES - 1
    signs_in = client.post("/deconnexion", {"next": address}).headers["Location"]
    assert signs_in == f"/connexion?next={address.replace('/', '%2F')}"
    client.post("/connexion", {"email": EMAIL, "password": PASSWORD, "next": address})
    tried(client, codes[1])
    assert client.get(address).status_code == 200


def test_signing_out_leads_to_no_other_site() -> None:
    client = signed()
    assert (
        client.post("/deconnexion", {"next": "https://ailleurs.example/"}).headers["Location"] == "/connexion?next=%2F"
    )
    assert Client().post("/deconnexion").headers["Location"] == "/connexion"


def test_wrong_codes_make_everybody_wait_and_never_long() -> None:
    """Whoever types a code knows the password: tries are counted from everywhere, and the wait has a limit."""
    key, _ = enrolled()
    for n in range(FREE):
        assert tried(signed(), f"00000{n}") == 422
    client = signed()
    answer = client.post(ASKED, {"code": code(key)})
    assert "Attendez 30 secondes" in answer.content.decode()
    SignInFailure.objects.update(at=timezone.now() - LONGEST_WAIT - timedelta(seconds=1))
    assert tried(client, code(key)) == 302
    assert not SignInFailure.objects.exists()


def test_signing_in_again_does_not_forget_wrong_codes() -> None:
    enrolled()
    tried(signed(), "000000")
    signed()
    assert SignInFailure.objects.get().email == f"code {EMAIL}"


def test_what_happens_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    _, codes = enrolled()
    logger = logging.getLogger(sign_in_log.SIGN_INS)
    logger.addHandler(caplog.handler)
    tried(signed(), "000000")
    tried(signed(), codes[0])
    logger.removeHandler(caplog.handler)
    events = [one.split()[0] for one in caplog.messages if "code" in one or "factor" in one]
    assert events == ["event=second-factor-failure", "event=recovery-code-used"]


def test_accounts_of_the_demonstration_and_installations_that_say_so_do_without(settings: Settings) -> None:
    Account.objects.update(demo=True)
    assert signed().get("/").headers["Location"].startswith("/session/objet")
    assert signed().get(ENROL).headers["Location"] == ASKED
    Account.objects.update(demo=False)
    settings.SF_SECOND_FACTOR = False
    assert signed().get("/").headers["Location"].startswith("/session/objet")


def test_the_operator_makes_an_account_enrol_again(monkeypatch: pytest.MonkeyPatch, shared_home: Home) -> None:
    _, codes = enrolled()
    monkeypatch.setenv("SF_HOME", str(shared_home.root))
    done = CliRunner().invoke(app, ["account", "reset-factor", EMAIL])
    assert (done.exit_code, "oublié" in done.output) == (0, True)
    client = signed()
    assert tried(client, codes[0]) == 302, "led to enrol"
    assert client.get(ASKED).headers["Location"].startswith(ENROL)
    assert Entry.objects.filter(subject=EMAIL, detail='{"second_factor":"reset"}').count() == 1


def leads_to(client: Client) -> str:
    return client.get(SHEET).headers["Location"].split("?")[0]


def test_a_lost_second_factor_ends_the_sessions_that_it_opened(
    monkeypatch: pytest.MonkeyPatch, shared_home: Home
) -> None:
    """Whoever found the telephone may have found the browser too."""
    _, codes = enrolled()
    found = signed()
    tried(found, codes[0])
    assert leads_to(found) == "/session/objet"
    monkeypatch.setenv("SF_HOME", str(shared_home.root))
    CliRunner().invoke(app, ["account", "reset-factor", EMAIL])
    assert leads_to(found) == "/connexion"


def test_another_application_ends_the_other_sessions_of_its_owner_alone(account: Callable[[str], Account]) -> None:
    _, codes = enrolled()
    left_open, client = signed(), signed()
    tried(left_open, codes[0])
    tried(client, codes[1])
    colleague = Client()
    colleague.force_login(account("CRP d'une autre zone"))
    client.get(ENROL)
    client.post(ENROL, {"code": code(waiting_key(client))})
    assert [leads_to(one) for one in (client, left_open)] == ["/session/objet", "/connexion"]
    assert leads_to(colleague) == "/session/objet"
