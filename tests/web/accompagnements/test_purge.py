"""Contacts are erased two years after the last closing, not a day before, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from harness.agents import CODEFI, SIRET
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import keep_contact
from signaux_faibles.web.accompagnements.models import Contact, Event, FollowUp
from signaux_faibles.web.accompagnements.purge import contacts_to_erase, erase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statut", "closed_on", "today", "erased"),
    [
        ("EN_COURS", None, date(2036, 1, 1), 0),
        ("SOUS_SURVEILLANCE", None, date(2036, 1, 1), 0),
        ("TERMINE", date(2024, 11, 29), date(2026, 11, 29), 0),
        ("TERMINE", date(2024, 11, 28), date(2026, 11, 29), 1),
        ("TERMINE", date(2022, 2, 28), date(2024, 2, 29), 0),
        ("TERMINE", date(2022, 2, 27), date(2024, 2, 29), 1),
    ],
)
def test_contacts(
    actor: Callable[[str], Actor], follow_up: FollowUp, statut: str, closed_on: date | None, today: date, erased: int
) -> None:
    keep_contact(actor(CODEFI), follow_up, {"last_name": "Dupont", "role": "DAF"})
    FollowUp.objects.filter(siret=SIRET).update(statut=statut, closed_on=closed_on)
    events = Event.objects.count()
    assert contacts_to_erase(today).count() == erased
    assert erase(contacts_to_erase(today)) == erased
    assert Contact.objects.count() == 1 - erased
    assert Event.objects.count() == events
    assert FollowUp.objects.count() == 1


def test_a_company_followed_again_keeps_its_contacts(actor: Callable[[str], Actor], follow_up: FollowUp) -> None:
    keep_contact(actor(CODEFI), follow_up, {"last_name": "Dupont", "role": "DAF"})
    FollowUp.objects.filter(siret=SIRET).update(statut="TERMINE", closed_on=date(2020, 1, 1))
    assert contacts_to_erase(date(2026, 11, 29)).count() == 1
    follow_up.pk, follow_up.statut, follow_up.closed_on = None, "EN_COURS", None
    follow_up.save()
    assert contacts_to_erase(date(2026, 11, 29)).count() == 0


def test_a_dry_run_counts_and_erases_nothing(
    actor: Callable[[str], Actor],
    follow_up: FollowUp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    monkeypatch.setenv("SF_HOME", str(tmp_path))
    settings.SF_HOME = Home(tmp_path)
    keep_contact(actor(CODEFI), follow_up, {"last_name": "Dupont", "role": "DAF"})
    FollowUp.objects.filter(siret=SIRET).update(statut="TERMINE", closed_on=date(2020, 1, 1))
    for words, said, left in ((["--dry-run"], "1 contact à effacer.", 1), ([], "1 contact effacé.", 0)):
        done = CliRunner().invoke(app, ["purge", *words])
        assert said in done.output
        assert Contact.objects.count() == left
