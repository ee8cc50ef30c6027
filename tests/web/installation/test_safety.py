"""Settings under which the application is not served."""

from __future__ import annotations

import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from signaux_faibles.web.environment import Environment
from signaux_faibles.web.safety import unsafe_settings, weak

PROVIDER = {"proconnect_client_id": "sf", "proconnect_client_secret": "secret"}

WEAK = {
    "nothing": "",
    "one letter": "a",
    "one letter, long": "a" * 60,
    "a word": "motdepasse",
    "a word, repeated": "motdepasse" * 6,
    "a sentence": "le secret de signaux faibles en production depuis 2026",
    "the alphabet": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ",
    "digits in order": "1234567890" * 5 + "1",
    "that of a template": "django-insecure-3k!x9@q7w$z2m8#v5n1c6b4l0p&r_t-y+u=i",
    "that of an example": "changeme-q8Zr2mW0tYxLb5NcVj7KdHs3GfPa9EoUi1Rn",
    "random, short": "q8Zr2mW0tYxLb5NcVj7K",
}


@pytest.mark.parametrize("key", WEAK.values(), ids=WEAK.keys())
def test_a_key_that_someone_could_guess_is_weak(key: str) -> None:
    assert weak(key)


def test_a_key_drawn_at_random_is_not() -> None:
    kinds = [(secrets.token_urlsafe, 50), (secrets.token_hex, 32), (secrets.token_hex, 50)]
    keys = [draw(size) for draw, size in kinds for _ in range(100)]
    assert [key for key in keys if weak(key)] == []


def test_the_settings_of_an_installation_are_judged(tmp_path: Path) -> None:
    strong = secrets.token_urlsafe(50)
    assert unsafe_settings(Environment(home=tmp_path, secret_key=strong)) is None
    assert "SF_SECRET_KEY" in (unsafe_settings(Environment(home=tmp_path, secret_key="a")) or "")
    alone = unsafe_settings(Environment(home=tmp_path, secret_key=strong, https=True))
    assert alone is not None
    assert "SF_TRUSTED_PROXIES" in alone
    assert unsafe_settings(Environment(home=tmp_path, secret_key=strong, https=True, trusted_proxies=1)) is None


def test_a_damaged_key_file_is_refused_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SF_SECRET_KEY")
    assert unsafe_settings(Environment(home=tmp_path)) is None, "the server writes one"
    (tmp_path / "secret_key").write_text("", encoding="utf-8")
    assert str(tmp_path / "secret_key") in (unsafe_settings(Environment(home=tmp_path)) or "")


def test_another_server_than_ours_refuses_them_too(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "import signaux_faibles.web.wsgi"],
        env={"SF_SECRET_KEY": "a", "SF_HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert answer.returncode
    assert "Secret trop faible (SF_SECRET_KEY)" in answer.stderr


@pytest.mark.parametrize(
    ("provider", "sentence"),
    [
        ({"proconnect_issuer": "https://proconnect.example/api/v2"}, "ProConnect à moitié réglé"),
        (PROVIDER, "ProConnect à moitié réglé"),
        (PROVIDER | {"proconnect_issuer": "http://proconnect.example/api/v2"}, "n'est pas une adresse https"),
        (PROVIDER | {"proconnect_issuer": "https://proconnect.example/api/v2"}, ""),
        ({}, ""),
    ],
)
def test_proconnect_is_set_whole_and_over_https(tmp_path: Path, provider: dict[str, str], sentence: str) -> None:
    assert sentence in (
        unsafe_settings(Environment(home=tmp_path, secret_key=secrets.token_urlsafe(50), **provider)) or ""
    )
