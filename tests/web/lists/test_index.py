"""The table of the published lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import TinyHome
from signaux_faibles.detection.lists.archive import PUBLISHED, WITHDRAWN, act
from signaux_faibles.home.home import Home
from signaux_faibles.web.journal.models import Entry

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, OUTSIDE = "CRP de la zone", "CRP d'une autre zone"


@pytest.fixture(autouse=True)
def lists(settings: Settings, tmp_path: Path) -> None:
    """Two lists of April, one of July that was withdrawn, one of October, and a draft."""
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    home.write_list(1, "Avril 2026", date(2026, 4, 1))
    home.write_list(2, "Avril 2026", date(2026, 4, 1))
    home.write_list(3, "Juillet 2026", date(2026, 7, 1))
    home.write_list(4, "Octobre 2026", date(2026, 10, 1))
    home.write_list(5, "Novembre 2026", date(2026, 11, 1), acts=("draft",))
    act(home.home, 3, WITHDRAWN, at="2026-11-03T09:00:00+00:00", by="essai", reason="Des débits manquaient.")
    settings.SF_HOME = Home(tmp_path)


def cells(client: Client) -> list[list[str]]:
    """The texts of the table, row by row."""
    page = client.get("/listes/toutes").content.decode()
    rows = re.findall(r"<tr>\s*(<th scope=\"row\".*?)</tr>", page, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_it_says_what_each_list_holds_in_the_zone_and_what_became_of_it(signed_in: SignedIn) -> None:
    """In the zone, Ateliers and Cévenol are high; Éléonore, a first alert, and the masked company are moderate."""
    assert [row[:6] for row in cells(signed_in(CRP))] == [
        ["Octobre 2026 n° 4", "2 novembre 2026", "2", "2", "1", "Dernière liste"],
        ["Juillet 2026 n° 3", "—", "—", "—", "—", "Retirée le 3 novembre 2026. Des débits manquaient."],
        ["Avril 2026 n° 2", "2 novembre 2026", "2", "2", "1", "—"],
        ["Avril 2026 n° 1", "2 novembre 2026", "2", "2", "1", "Remplacée par la liste n° 2"],
    ]


def test_days_are_those_of_france(signed_in: SignedIn, settings: Settings) -> None:
    """The archive keeps universal time: half past eleven in the evening there is the next day here."""
    act(settings.SF_HOME, 5, PUBLISHED, at="2026-11-04T23:30:00+00:00", by="essai")
    act(settings.SF_HOME, 4, WITHDRAWN, at="2026-11-05T23:30:00+00:00", by="essai", reason="Des débits manquaient.")
    november, october, *_ = cells(signed_in(CRP))
    assert november[1] == "5 novembre 2026"
    assert october[5] == "Retirée le 6 novembre 2026. Des débits manquaient."


def test_the_counts_are_those_of_the_lists(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    said = client.get("/listes/4?work=toutes&closed=on").content.decode()
    assert "4 entreprises en alerte :\n  2 élevées, 2 modérées" in said


def test_who_may_read_no_alert_of_their_zone_counts_none(signed_in: SignedIn) -> None:
    assert {tuple(row[2:4]) for row in cells(signed_in(OUTSIDE))} == {("0", "0"), ("—", "—")}


def test_without_the_habilitation_it_is_closed(signed_in: SignedIn) -> None:
    assert signed_in("Urssaf sans détection").get("/listes/toutes").status_code == 403


def test_its_reading_is_recorded(signed_in: SignedIn) -> None:
    cells(signed_in(CRP))
    entry = Entry.objects.get(subject="listes")
    assert (entry.families, json.loads(entry.detail)["lists"]) == ("detection", [4, 2, 1])


def test_the_worktop_leads_to_it(signed_in: SignedIn) -> None:
    assert 'href="/listes/toutes"' in signed_in(CRP).get("/listes").content.decode()
