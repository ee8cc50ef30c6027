"""Sign-in by ProConnect, end to end over HTTP: what opens, and every answer of a provider that is refused."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from harness.openid_provider import CLIENT, SECRET, Claims, Provider, drawn_key, provider
from harness.second_factor import crp_on_real_data
from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import set_active
from signaux_faibles.web.accounts.proconnect.backend import ANOTHER, NONE
from signaux_faibles.web.accounts.proconnect.views import CLOSED, GIVEN_UP, REFUSED
from signaux_faibles.web.accounts.sign_in import IDLE
from signaux_faibles.web.rights.accounts import HALF_YEAR

pytestmark = pytest.mark.django_db
ASK, BACK = "/connexion/proconnect", "/connexion/proconnect/retour"
KEY = drawn_key()
OTHERS_KEY = drawn_key()


@pytest.fixture
def proconnect(settings: Settings) -> Iterator[Provider]:
    """ProConnect, as the application is set to reach it."""
    with provider() as served:
        served.key = KEY
        settings.SF_PROCONNECT_ISSUER = served.issuer
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
        for name in ("AUTHORIZATION", "TOKEN", "USER", "JWKS"):
            ending = {"AUTHORIZATION": "authorize", "USER": "userinfo"}.get(name, name.lower())
            setattr(settings, f"OIDC_OP_{name}_ENDPOINT", f"{served.issuer}/{ending}")
        yield served


@pytest.fixture(autouse=True)
def person(account: Callable[[str], Account]) -> Account:
    return crp_on_real_data(account)


def returned(client: Client, address: str = ASK) -> Any:
    """The answer of the application to whoever comes back from the provider."""
    asked = client.get(address)
    back = requests.get(asked.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def test_an_identity_opens_the_account_of_its_address_then_that_of_its_sub(
    proconnect: Provider, person: Account
) -> None:
    client = Client()
    assert returned(client, f"{ASK}?next=/listes").headers["Location"] == "/listes"
    assert client.get("/listes").headers["Location"].startswith("/session/objet"), "two factors at the provider: enough"
    assert Account.objects.get().sub == "p-1"
    proconnect.identity = {"sub": "p-1", "email": "camille.mariee@demo.example"}
    assert returned(Client()).status_code == 302
    assert Account.objects.get().email == "crp@demo.example"


def test_two_factors_are_asked_with_pkce_a_state_and_a_nonce(proconnect: Provider) -> None:
    returned(Client())
    asked = proconnect.asked
    assert asked["acr_values"] == "eidas0-mfa eidas1-mfa eidas2 eidas3"
    assert json.loads(asked["claims"]) == {"id_token": {"amr": None}}
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == ("openid email", "code", "S256")
    assert min(len(asked["state"]), len(asked["nonce"])) == 32


FACTORS = {
    "eidas1-mfa": ("eidas1-mfa", None, True),
    "eidas0-mfa": ("eidas0-mfa", None, True),
    "eidas2": ("eidas2", None, True),
    "eidas3": ("eidas3", None, True),
    "eidas1, and the means say so": ("eidas1", ["pwd", "mfa"], True),
    "eidas1": ("eidas1", None, False),
    "eidas1 by a password": ("eidas1", ["pwd"], False),
    "no level": ("", None, False),
}


@pytest.mark.parametrize(("acr", "amr", "enough"), FACTORS.values(), ids=FACTORS)
def test_without_two_factors_there_ours_is_asked(
    proconnect: Provider, acr: str, amr: list[str] | None, enough: bool
) -> None:
    proconnect.acr, proconnect.amr = acr, amr
    client = Client()
    assert returned(client).status_code == 302
    asked = client.get("/").headers["Location"].split("?")[0]
    assert asked == ("/session/objet" if enough else "/session/second-facteur")


def unsigned(_: Provider, claims: Claims) -> bytes:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "1"}).encode()


def by_another(served: Provider, claims: Claims) -> bytes:
    return served.signed(claims, OTHERS_KEY)


def by_our_secret(_: Provider, claims: Claims) -> bytes:
    return jwt.encode(claims, SECRET * 3, algorithm="HS256", headers={"kid": "1"}).encode()


def by_an_unknown_key(served: Provider, claims: Claims) -> bytes:
    return jwt.encode(claims, served.key, algorithm="RS256", headers={"kid": "2"}).encode()


def without_kid(served: Provider, claims: Claims) -> bytes:
    return jwt.encode(claims, served.key, algorithm="RS256").encode()


def plain(_: Provider, claims: Claims) -> bytes:
    return json.dumps(claims).encode()


def cut(served: Provider, claims: Claims) -> bytes:
    return served.signed(claims)[:-9]


def changed(**claims: Any) -> Callable[[Claims], Claims]:
    """Claims with others in their place; None removes one."""

    def change(given: Claims) -> Claims:
        return {name: value for name, value in (given | claims).items() if value is not None}

    return change


NOW = int(time.time())
HOSTILE: dict[str, dict[str, Any]] = {
    "an identity that is not signed": {"sign_identity": plain, "media_type": "application/json"},
    "one that is not signed, and says it is": {"sign_identity": plain},
    "one that is signed, and does not say it is": {"media_type": "application/json"},
    "one signed by nobody": {"sign_identity": unsigned},
    "one signed by another": {"sign_identity": by_another},
    "one signed with our secret": {"sign_identity": by_our_secret},
    "one of a key that is unknown": {"sign_identity": by_an_unknown_key},
    "one of a key that has no name": {"sign_identity": without_kid},
    "one that is cut": {"sign_identity": cut},
    "one for another application": {"change_identity": changed(aud="une-autre")},
    "one for us and another": {"change_identity": changed(aud=[CLIENT, "une-autre"])},
    "one for nobody": {"change_identity": changed(aud=None)},
    "one of another provider": {"change_identity": changed(iss="https://ailleurs.example/api/v2")},
    "one of no provider": {"change_identity": changed(iss=None)},
    "one of somebody else": {"change_identity": changed(sub="p-2")},
    "one of nobody": {"change_identity": changed(sub=None)},
    "one that is over": {"change_identity": changed(exp=NOW - 3600)},
    "a token that nobody signed": {"sign_id_token": unsigned},
    "a token signed by another": {"sign_id_token": by_another},
    "a token signed with our secret": {"sign_id_token": by_our_secret},
    "a token for another application": {"change_id_token": changed(aud="une-autre")},
    "a token for us and another": {"change_id_token": changed(aud=[CLIENT, "une-autre"])},
    "a token of another provider": {"change_id_token": changed(iss="https://ailleurs.example/api/v2")},
    "a token that is over": {"change_id_token": changed(exp=NOW - 3600)},
    "a token of tomorrow": {"change_id_token": changed(iat=NOW + 86_400)},
    "a token without an end": {"change_id_token": changed(exp=None)},
    "a token of nobody": {"change_id_token": changed(sub=None)},
    "a token of somebody else": {"change_id_token": changed(sub="p-2")},
    "a token that answers another question": {"change_id_token": changed(nonce="autre")},
    "a token that answers no question": {"change_id_token": changed(nonce=None)},
    "keys that do not come": {"broken": {"jwks"}},
    "a token that does not come": {"broken": {"token"}},
    "an identity that does not come": {"broken": {"userinfo"}},
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_surely_said_by_the_provider_to_us_is_refused(
    proconnect: Provider, hostile: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    vars(proconnect).update(hostile)
    logger = logging.getLogger(sign_in_log.SIGN_INS)
    logger.addHandler(caplog.handler)
    client = Client()
    answer = returned(client)
    logger.removeHandler(caplog.handler)
    assert answer.status_code == 403
    assert REFUSED in answer.content.decode()
    assert client.get("/").headers["Location"].startswith("/connexion")
    assert Account.objects.get().sub is None
    assert [one.split()[0] for one in caplog.messages if "event" in one] == ["event=proconnect-refused"]


def no_state(_: Client) -> str:
    return f"{BACK}?code=x"


def anothers_state(client: Client) -> str:
    client.get(ASK)
    return f"{BACK}?code=x&state=celui-d-un-autre"


def given_up(client: Client) -> str:
    state = client.get(ASK).headers["Location"].split("state=")[1].split("&")[0]
    return f"{BACK}?error=access_denied&state={state}"


@pytest.mark.parametrize(
    ("address", "sentence"), [(no_state, GIVEN_UP), (anothers_state, REFUSED), (given_up, GIVEN_UP)]
)
def test_a_return_that_answers_nothing_opens_nothing(
    proconnect: Provider, address: Callable[[Client], str], sentence: str
) -> None:
    client = Client()
    answer = client.get(address(client))
    assert (answer.status_code, sentence in answer.content.decode()) == (403, True)


def test_a_return_serves_once(proconnect: Provider) -> None:
    client = Client()
    asked = client.get(ASK)
    back = requests.get(asked.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    path = back.removeprefix("http://testserver")
    assert Client().get(path).status_code == 403, "in another browser"
    assert client.get(path).status_code == 302
    client.post("/deconnexion")
    assert client.get(path).status_code == 403


def test_it_leads_to_our_pages_only(proconnect: Provider) -> None:
    assert returned(Client(), f"{ASK}?next=https://ailleurs.example/").headers["Location"] == "/"


def unknown(_: Account) -> None:
    Account.objects.update(email="autre@demo.example")


def of_another(_: Account) -> None:
    Account.objects.update(sub="p-9")


def of_the_demonstration(_: Account) -> None:
    Account.objects.update(demo=True)


def closed(account: Account) -> None:
    set_active(account, active=False)


def idle(_: Account) -> None:
    long_ago = timezone.now() - HALF_YEAR - timedelta(days=2)
    Account.objects.update(last_login=long_ago, opened_at=long_ago)


NO_ACCOUNT = {
    "an address that has no account": (unknown, NONE),
    "the account of another identity": (of_another, ANOTHER),
    "an account of the demonstration": (of_the_demonstration, NONE),
    "a closed account": (closed, CLOSED),
    "an idle account": (idle, IDLE),
}


@pytest.mark.parametrize(("change", "sentence"), NO_ACCOUNT.values(), ids=NO_ACCOUNT)
def test_an_identity_that_is_believed_may_open_nothing_and_makes_no_account(
    proconnect: Provider, person: Account, change: Callable[[Account], None], sentence: str
) -> None:
    change(person)
    client = Client()
    answer = returned(client)
    assert (answer.status_code, sentence in answer.content.decode()) == (403, True)
    assert client.get("/").headers["Location"].startswith("/connexion")
    assert Account.objects.count() == 1


@pytest.mark.parametrize("identity", [{"email_verified": False}, {"email": None}, {"email": ""}])
def test_an_address_that_is_not_surely_theirs_opens_nothing(proconnect: Provider, identity: Claims) -> None:
    proconnect.identity |= identity
    assert NONE in returned(Client()).content.decode()


def test_a_session_ends_when_its_account_is_closed(proconnect: Provider, person: Account) -> None:
    client = Client()
    returned(client)
    assert client.get("/session/objet").status_code == 200
    Account.objects.update(is_active=False)
    assert client.get("/session/objet").headers["Location"].startswith("/connexion")


def test_the_session_is_new_and_leaving_it_offers_to_leave_the_provider(proconnect: Provider) -> None:
    client = Client()
    client.get(ASK)
    before = client.session.session_key
    returned(client)
    assert client.session.session_key != before
    token = client.session["oidc_id_token"]
    answer = client.post("/deconnexion")
    assert f"{proconnect.issuer}/session/end?id_token_hint={token}" in answer.content.decode()
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Fconnexion" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_where_it_is_not_set_it_is_neither_offered_nor_answered(client: Client) -> None:
    assert "ProConnect" not in client.get("/connexion").content.decode()
    assert (client.get(ASK).status_code, client.get(f"{BACK}?code=x&state=y").status_code) == (404, 404)


def test_where_it_is_set_it_is_offered_first(client: Client, proconnect: Provider) -> None:
    page = client.get("/connexion?next=/listes").content.decode()
    assert page.index("/connexion/proconnect?next=/listes") < page.index("Mot de passe")
