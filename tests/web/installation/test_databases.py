"""The database that an installation names, and the state of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from signaux_faibles.web.database.settings import PATIENCE, database

FILE = Path("application.sqlite3")


def test_without_an_address_it_is_the_file_of_the_home() -> None:
    named = database("", FILE)
    assert (named["ENGINE"], named["NAME"]) == ("django.db.backends.sqlite3", FILE)
    assert named["OPTIONS"]["timeout"] == PATIENCE


def test_an_address_names_a_postgresql_database() -> None:
    named = database("postgresql://sf:p%40ss%2Fword@db.interne:5433/signaux%20faibles?sslmode=verify-full", FILE)
    assert named["ENGINE"] == "django.db.backends.postgresql"
    parts = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [named[part] for part in parts] == ["sf", "p@ss/word", "db.interne", 5433, "signaux faibles"]
    assert named["OPTIONS"]["sslmode"] == "verify-full"
    assert f"lock_timeout={PATIENCE}s" in named["OPTIONS"]["options"]


def test_what_it_leaves_out_is_left_to_the_driver() -> None:
    named = database("postgresql:///signaux_faibles", FILE)
    assert [named[part] for part in ("USER", "PASSWORD", "HOST", "PORT")] == ["", "", "", ""]


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://sf@db", "signaux_faibles", "postgresql://"])
def test_another_address_is_refused_with_the_form_expected(url: str) -> None:
    with pytest.raises(ValueError, match="postgresql://compte@machine:5432/base"):
        database(url, FILE)


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
