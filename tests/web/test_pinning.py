"""Which snapshot a fragment may read, for whom, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, BATCHES, MONTHS, TinyHome, write_manifest
from signaux_faibles.home.home import READ_BY_PAGES, Home
from signaux_faibles.snapshot.publication import publish, readable_snapshots, rollback
from signaux_faibles.web.accounts.session_terms import IDLE

SignedIn = Callable[[str], Client]
BEFORE, AFTER = ATELIERS.name, "ATELIERS RENOMMÉS"


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> TinyHome:
    tiny = TinyHome(tmp_path)
    tiny.publish("2610-a")
    tiny.write_list(1, "Octobre 2026", MONTHS[-1])
    settings.SF_HOME = Home(tmp_path)
    return tiny


@pytest.fixture
def crp(signed_in: SignedIn) -> Client:
    return signed_in("CRP de la zone")


def token_of(client: Client) -> str:
    return str(client.get("/listes").context["snapshot_token"])


def read(client: Client, token: str, *, fragment: bool = True) -> str:
    """The name under which the Ateliers are shown."""
    headers = {"X-Instantane": token} | ({"HX-Request": "true"} if fragment else {})
    page = client.get("/listes", headers=headers).content.decode()
    return next(name for name in (BEFORE, AFTER) if name in page)


@pytest.fixture
def token(home: TinyHome, crp: Client) -> str:
    """The token of a page made before another snapshot is published."""
    before = token_of(crp)
    home.publish("2611-a", renamed={ATELIERS.siren: AFTER})
    return before


def test_a_fragment_reads_the_snapshot_of_its_page(crp: Client, token: str) -> None:
    assert read(crp, token) == BEFORE


def test_a_whole_page_reads_the_published_one(crp: Client, token: str) -> None:
    assert read(crp, token, fragment=False) == AFTER


def test_a_token_is_good_for_its_session_only(crp: Client, token: str, signed_in: SignedIn) -> None:
    assert read(signed_in("CRP de la zone"), token) == AFTER
    assert (
        "2611" not in Client().get("/connexion", headers={"X-Instantane": token, "HX-Request": "true"}).content.decode()
    )


def test_a_token_is_good_for_half_an_hour(crp: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + (IDLE - timedelta(minutes=1)).total_seconds())
    assert read(crp, token) == BEFORE
    monkeypatch.setattr(signing.time, "time", lambda: now + (IDLE + timedelta(minutes=1)).total_seconds())
    assert read(crp, token) == AFTER


def test_a_snapshot_withdrawn_by_a_rollback_is_read_no_more(home: TinyHome, crp: Client, token: str) -> None:
    after = token_of(crp)
    rollback(home.home)
    assert read(crp, after) == BEFORE
    publish(home.home, "2611-a")
    assert read(crp, after) == AFTER
    assert read(crp, token) == BEFORE, "published, and never withdrawn"


def test_which_snapshots_may_be_read(tmp_path: Path) -> None:
    home = TinyHome(tmp_path)
    assert readable_snapshots(home.home) == frozenset()
    for name in ("2610-a", "2610-b", "2610-c"):
        (home.home.snapshots / name).mkdir(parents=True)
        write_manifest(home.home.snapshots / name, name, True, BATCHES)
        publish(home.home, name)
    assert readable_snapshots(home.home) == {"2610-a", "2610-b", "2610-c"}
    rollback(home.home)
    rollback(home.home)
    assert readable_snapshots(home.home) == {"2610-a"}
    publish(home.home, "2610-c")
    assert readable_snapshots(home.home) == {"2610-a", "2610-c"}


def test_an_invented_snapshot_opens_no_demo_session_once_data_are_real(home: TinyHome, crp: Client) -> None:
    token = token_of(crp)
    home.publish("2611-a", fictitious=False)
    headers = {"X-Instantane": token, "HX-Request": "true"}
    account = {"email": "crp@demo.example", "password": "un mot de passe inventé"}
    assert crp.get("/listes", headers=headers).headers["Location"].startswith("/connexion")
    answer = Client().post("/connexion", account, headers=headers)
    assert "données de cette application sont réelles" in answer.content.decode()


def test_a_real_list_closes_demo_sessions_too(home: TinyHome, crp: Client) -> None:
    folder = home.write_list(2, "Novembre 2026", MONTHS[-1])
    card = folder / "card.json"
    card.write_text(
        card.read_text(encoding="utf-8").replace('"fictitious": true', '"fictitious": false'), encoding="utf-8"
    )
    assert crp.get("/").headers["Location"].startswith("/connexion")


@pytest.mark.parametrize("file", READ_BY_PAGES)
def test_a_byte_changed_in_what_pages_read_closes_them(home: TinyHome, crp: Client, file: str) -> None:
    """Another name or another amount would be shown without a word; the page says it instead, and shows nothing."""
    folder = home.publish("2611-a")
    content = bytearray((folder / file).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / file).write_bytes(content)
    answer = crp.get("/recherche?q=ateliers")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Les données publiées sont abîmées" in answer.content.decode()
    publish(home.home, "2610-a")
    assert crp.get("/recherche?q=ateliers").status_code == HTTPStatus.OK
