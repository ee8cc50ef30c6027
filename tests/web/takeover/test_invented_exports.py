"""The exports of the invented country are read whole: no line is left aside, and every agent gets an account."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from signaux_faibles.fictitious import Scale, invent
from signaux_faibles.fictitious.agents.export import BOARDS, CAMPAGNES, TABLES, USERS
from signaux_faibles.snapshot.served.establishments import Site
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.campagnes.standing import ActKind
from signaux_faibles.web.takeover.application import read_application
from signaux_faibles.web.takeover.past import lines as past_lines
from signaux_faibles.web.takeover.past.campagnes import CampagnesFile
from signaux_faibles.web.takeover.people import open_people, plan_people
from signaux_faibles.web.takeover.wekan import read_board

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def agents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invent(tmp_path_factory.mktemp("invented"), scale=Scale.SAMPLE, batch="2603", seed=20).agents


def test_every_agent_has_an_account(agents: Path) -> None:
    plan = plan_people(agents / USERS)
    assert [one.why for one in plan.left_aside] == []
    opened = open_people(plan, demo=True)
    assert {one.segment for one in opened} == {"SP_CODEFI", "CRP", "URSSAF", "DARP"}
    assert Account.objects.filter(is_active=False).exists()


def test_every_campagne_is_read(agents: Path) -> None:
    open_people(plan_people(agents / USERS), demo=True)
    with (agents / CAMPAGNES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    site = Site("", "A", None, None, active=True)
    known = {row["siret"]: replace(site, siret=row["siret"], departement=row["departement"]) for row in rows}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(past_lines, "sites_of", lambda _, sirets: {one: known[one] for one in sirets})
        plan = CampagnesFile(agents / CAMPAGNES, cast("Snapshot", None), None).planned()
    assert [one.why for one in plan.left_aside] == []
    acts = [act for one in plan.ready for some in one.companies.values() for act in some]
    assert {act.kind for act in acts} == {ActKind.TAKE, ActKind.OUTCOME, ActKind.POSTPONE}
    assert len(acts) > 10


def test_every_accompagnement_is_read(agents: Path) -> None:
    boards = [read_board(path) for path in sorted((agents / BOARDS).glob("*.json"))]
    exports = [read_application(agents / TABLES), *boards]
    assert [one for export in exports for one in export.left_aside] == []
    followed = [one for export in exports for one in export.follow_ups]
    assert len({(one.source, one.key) for one in followed}) == len(followed) > 10
    assert all(one.course is not None for one in followed if one.source == "wekan")
    assert any(one.changes for one in followed if one.source == "wekan")
    assert all(one.course is not None for one in followed if not one.open)
    assert all(len(one.texts) == 2 and one.choices["criticite"] for one in followed)
