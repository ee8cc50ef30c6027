"""Votes on past lists taken over: whose, on which alert, why, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from harness.agents import CODEFI, CRP
from harness.former_exports import write_tables
from harness.tiny_home import ATELIERS, HEALTHY
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.feedback.models import Vote
from signaux_faibles.web.feedback.opinions import vote, vote_of
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.takeover.parsed import Plan, UnreadableExport
from signaux_faibles.web.takeover.votes import ReadyVote, plan_votes, write_votes

pytestmark = pytest.mark.django_db
Planned = Callable[[Path], Plan[ReadyVote]]
RATING = {
    "id": 1,
    "siren": ATELIERS.siren,
    "list_name": "Octobre 2026",
    "user_email": "CRP@demo.example",
    "user_segment": "crp",
    "useful": "f",
    "comment": "Vu <b>avec</b> la DDETS",
    "created_at": "2026-10-12 09:00:00",
}
REASONS = {
    "rating_reasons": [
        {"id": 1, "code": "R1", "libelle": "Difficulté déjà connue"},
        {"id": 2, "code": "R2", "libelle": "Entreprise en sommeil"},
    ],
    "rating_reasons_ratings": [{"rating_id": 1, "reason_id": 1}, {"rating_id": 1, "reason_id": 2}],
}


@pytest.fixture
def planned(actor: Callable[[str], Actor], settings: Settings) -> Planned:
    for kind in (CODEFI, CRP):
        actor(kind)

    def plan(folder: Path) -> Plan[ReadyVote]:
        with shelf(settings.SF_HOME).pinned() as snapshot:
            return plan_votes(folder, snapshot, published_lists(settings.SF_HOME))

    return plan


def written(folder: Path, *ratings: dict[str, object], **others: Sequence[dict[str, object]]) -> Path:
    return write_tables(folder, {"company_list_ratings": ratings or (RATING,), **others})


def test_a_vote_keeps_its_author_its_alert_its_reasons_and_its_day(
    tmp_path: Path, planned: Planned, actor: Callable[[str], Actor]
) -> None:
    assert write_votes(planned(written(tmp_path, **REASONS))) == 1
    one = vote_of(actor(CRP).account, ATELIERS.siren, 2)
    assert one is not None
    assert (one.useful, one.reasons) == (False, ["KNOWN"])
    assert one.text == "Raison donnée : Entreprise en sommeil. Vu **avec** la DDETS"
    assert one.at == datetime(2026, 10, 12, 9, tzinfo=UTC)


def test_a_useful_detection_has_no_reason(tmp_path: Path, planned: Planned) -> None:
    write_votes(planned(written(tmp_path, RATING | {"useful": "true"}, **REASONS)))
    assert (Vote.objects.get().useful, Vote.objects.get().reasons) == (True, [])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"siren": "x"}, "« x » n'est pas un siren."),
        ({"list_name": "Mars 2019"}, "La liste « Mars 2019 » n'est pas publiée ici"),
        ({"siren": HEALTHY.siren}, "L'entreprise n'est pas en alerte dans la liste « Octobre 2026 »."),
        ({"user_email": "parti@demo.example"}, "parti@demo.example n'a pas de compte"),
        ({"useful": "peut-être"}, "« peut-être » n'est ni oui ni non."),
        ({"created_at": ""}, "Aucune date lisible."),
        ({"created_at": "2099-01-01"}, "Date à venir."),
    ],
)
def test_what_cannot_be_taken_over_is_left_aside_with_its_reason(
    tmp_path: Path, planned: Planned, changes: dict[str, object], why: str
) -> None:
    plan = planned(written(tmp_path, RATING | changes))
    assert write_votes(plan) == 0
    assert [one.why.startswith(why) for one in plan.left_aside] == [True]


def test_a_vote_is_taken_over_once_and_never_over_one_of_ours(
    tmp_path: Path, planned: Planned, actor: Callable[[str], Actor]
) -> None:
    write_votes(planned(written(tmp_path, RATING, RATING | {"id": 2})))
    assert Vote.objects.count() == 1
    plan = planned(tmp_path)
    assert (plan.ready, plan.already) == ([], 2)
    vote(actor(CODEFI).account, ATELIERS.siren, 2, useful=True, reasons=(), text="")
    plan = planned(written(tmp_path, RATING | {"user_email": "codefi@demo.example"}))
    assert (plan.ready, plan.already) == ([], 1)


def test_a_folder_without_votes_is_refused(tmp_path: Path, planned: Planned) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(UnreadableExport, match="company_list_ratings"):
            planned(folder)
