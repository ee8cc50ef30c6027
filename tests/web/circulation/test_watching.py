"""What a new snapshot or a new list says of followed companies: reported once, to those who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, SIRET, URSSAF
from harness.tiny_home import ATELIERS, COMPANIES, IN_PROCEDURE, TinyHome
from signaux_faibles.snapshot.served.followed import FollowedState, OpenedProcedure
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.web.accompagnements.acts import Actor, Followed, name_people, open_on
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.circulation.digest import digests, send
from signaux_faibles.web.circulation.kinds import AlertKind
from signaux_faibles.web.circulation.models import CompanyAlert
from signaux_faibles.web.circulation.news import count_unread
from signaux_faibles.web.circulation.notices import notices_of
from signaux_faibles.web.circulation.watching import new_openings, watch
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer
from signaux_faibles.web.journal.models import Entry, Exposure
from signaux_faibles.web.request import today
from signaux_faibles.web.seances.models import Decision, Sending
from signaux_faibles.web.seances.preparing import Terms, add_companies, create

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
ADDRESS = "https://signaux-faibles.example"


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> TinyHome:
    """A home of its own, which the test publishes again."""
    held = TinyHome(tmp_path)
    held.publish("2610-a")
    held.write_list(1, "Avril 2026", date(2026, 4, 1))
    settings.SF_HOME = held.home
    return held


@pytest.fixture
def carried(actor: Actors, home: TinyHome, follow_up: FollowUp) -> FollowUp:
    """The Ateliers, carried by agents of four habilitations; what is known of them was read."""
    participants = [actor(kind).account.pk for kind in (CRP, URSSAF, DARP)]
    people = {"referents": [actor(CODEFI).account.pk], "participants": participants}
    name_people(actor(CODEFI), follow_up, people, follow_up.version)
    compare(home)
    follow_up.refresh_from_db()
    return follow_up


@contextmanager
def snapshot_of(home: TinyHome) -> Iterator[Snapshot]:
    with Shelf(home.home).pinned() as snapshot:
        yield snapshot


def compare(home: TinyHome) -> None:
    with snapshot_of(home) as snapshot:
        watch({ATELIERS.siren}, snapshot, published_lists(home.home))


def kinds_read(home: TinyHome, actor: Actor) -> list[str]:
    with snapshot_of(home) as snapshot:
        return sorted(one.kind.name for one in notices_of(actor, snapshot))


def worsened(tables: Path) -> None:
    """A redressement is opened, the plan is revoked and the debt is past its schedule."""
    chronology = tables / "procedures_chronology.parquet"
    rows = pq.read_table(chronology)
    siren = rows["siren"].to_pylist()
    held = [ATELIERS.siren if one == IN_PROCEDURE.siren else one for one in siren]
    pq.write_table(rows.set_column(rows.schema.get_field_index("siren"), "siren", pa.array(held)), chronology)
    plans = tables / "clean_delai.parquet"
    granted = pq.read_table(plans)
    pq.write_table(granted.filter(pc.not_equal(granted["stade"], "APPROB")), plans)


def test_the_first_reading_only_gives_what_later_ones_are_compared_with(home: TinyHome, carried: FollowUp) -> None:
    assert not CompanyAlert.objects.exists()


def test_a_new_snapshot_is_reported_once_to_each_by_their_rights(
    home: TinyHome, carried: FollowUp, actor: Actors
) -> None:
    home.publish("2611-a", altered=worsened)
    compare(home)
    compare(home)
    openings = [AlertKind.PROCEDURE.name] * 2
    assert sorted(CompanyAlert.objects.values_list("kind", flat=True)) == ["PLAN_GONE", *openings]
    assert kinds_read(home, actor(CODEFI)) == ["PLANS", "PROCEDURES", "PROCEDURES"]
    assert kinds_read(home, actor(URSSAF)) == ["PLANS", "PROCEDURES", "PROCEDURES"]
    assert kinds_read(home, actor(DARP)) == ["PROCEDURES", "PROCEDURES"], "no habilitation for Urssaf"
    assert kinds_read(home, actor(OUTSIDE)) == [], "nothing on a follow-up that one does not carry"
    home.publish("2610-b")
    compare(home)
    home.publish("2611-b", altered=worsened)
    compare(home)
    assert CompanyAlert.objects.filter(kind=AlertKind.PROCEDURE.name).count() == 2, "a fact is reported once"


def test_a_move_in_a_new_list_is_reported_to_those_who_read_detection(
    home: TinyHome, carried: FollowUp, actor: Actors, browser: Browser
) -> None:
    home.companies = [replace(one, level="moderee") if one == ATELIERS else one for one in COMPANIES]
    home.write_list(2, "Octobre 2026", date(2026, 10, 1))
    compare(home)
    assert kinds_read(home, actor(CRP)) == ["MOVES"]
    assert kinds_read(home, actor(URSSAF)) == []
    page = browser(CRP).get("/notifications").content.decode()
    assert "Liste Octobre 2026 : alerte modérée (alerte élevée auparavant)." in page
    assert ATELIERS.name in page
    assert Exposure.objects.filter(account="crp@demo.example", list_number=2, siren=ATELIERS.siren).exists()
    assert Entry.objects.latest("sequence").families == "detection"
    assert "alerte" not in browser(URSSAF).get("/notifications").content.decode().split("<main")[1].lower()
    acts = home.path / "lists/2/acts.jsonl"
    acts.write_text(acts.read_text() + '{"act": "withdrawn", "at": "2026-11-03", "by": "x"}\n')
    assert kinds_read(home, actor(CRP)) == [], "a list that was withdrawn is reported to nobody"


def test_a_list_of_an_earlier_month_changes_nothing(home: TinyHome, carried: FollowUp) -> None:
    home.companies = [replace(one, level=None) if one == ATELIERS else one for one in COMPANIES]
    home.write_list(7, "Mars 2026", date(2026, 3, 1))
    compare(home)
    assert not CompanyAlert.objects.exists()


def test_who_is_added_later_is_not_notified_of_what_came_before(
    home: TinyHome, carried: FollowUp, actor: Actors
) -> None:
    home.publish("2611-a", altered=worsened)
    compare(home)
    people = {"referents": [actor(CODEFI).account.pk], "participants": [actor(OUTSIDE).account.pk]}
    name_people(actor(CODEFI), carried, people, carried.version)
    assert kinds_read(home, actor(OUTSIDE)) == []


def test_the_digest_counts_notices_once_and_names_nobody(home: TinyHome, carried: FollowUp, browser: Browser) -> None:
    for kind in (CRP, URSSAF, DARP):
        browser(kind).post("/notifications/lecture")
    home.publish("2611-a", altered=worsened)
    with snapshot_of(home) as snapshot:
        mails = {one.account.email: one for one in digests(today(), ADDRESS, snapshot)}
        assert "- procédures ouvertes : 2\n- échéanciers dépassés ou retirés : 1" in mails["crp@demo.example"].text
        assert "échéanciers" not in mails["darp@demo.example"].text
        for one in mails.values():
            assert ATELIERS.name not in one.text
            assert ATELIERS.siren not in one.text
        send(list(mails.values()), "sf@example.org")
        assert digests(today(), ADDRESS, snapshot) == []
    assert "3 procédures" not in browser(CRP).get("/notifications").content.decode()


def test_a_notice_is_gone_once_it_is_opened(home: TinyHome, carried: FollowUp, browser: Browser) -> None:
    home.publish("2611-a", altered=worsened)
    compare(home)
    crp, number = browser(CRP), CompanyAlert.objects.earliest("pk").pk
    answer = crp.get(f"/notifications/avis/alert-{number}")
    assert answer.headers["Location"] == f"/entreprises/{ATELIERS.siren}"
    assert f"alert-{number}" not in crp.get("/notifications").content.decode()
    assert browser(DARP).get(f"/notifications/avis/alert-{number}").status_code == 302
    crp.get(f"/accompagnements/{carried.pk}")
    assert "notifications/avis" not in crp.get("/notifications").content.decode()


def test_a_contested_figure_and_its_answer_are_reported(home: TinyHome, carried: FollowUp, actor: Actors) -> None:
    said = Dispute(account=actor(URSSAF).account, siren=ATELIERS.siren, siret=SIRET, subject="DETTES", text="Soldée")
    said.save()
    assert kinds_read(home, actor(CRP)) == ["DISPUTES"]
    assert kinds_read(home, actor(DARP)) == [], "the figure is of a family that they do not read"
    assert kinds_read(home, actor(URSSAF)) == [], "one's own"
    DisputeAnswer(dispute=said, by="Urssaf", text="Corrigé").save()
    assert kinds_read(home, actor(URSSAF)) == ["DISPUTES"]
    assert kinds_read(home, actor(CRP)) == ["DISPUTES", "DISPUTES"]


def test_whoever_contests_is_notified_of_the_answer_without_carrying_anything(home: TinyHome, actor: Actors) -> None:
    said = Dispute(account=actor(URSSAF).account, siren=ATELIERS.siren, subject="DETTES", text="Soldée")
    said.save()
    DisputeAnswer(dispute=said, by="Urssaf", text="Corrigé").save()
    assert kinds_read(home, actor(URSSAF)) == ["DISPUTES"]


def test_a_seance_is_reported_to_its_members_then_its_releve(home: TinyHome, actor: Actors) -> None:
    codefi = actor(CODEFI)
    members = (codefi.account.pk, actor(CRP).account.pk)
    seance = create(codefi, "87", Terms(today(), "CODEFI restreint", members))
    assert kinds_read(home, actor(CRP)) == ["SEANCES"]
    assert kinds_read(home, codefi) == [], "who called it knows"
    add_companies(codefi, seance.pk, [SIRET])
    Sending(seance=seance, author=codefi.account, recipients=2).save()
    assert kinds_read(home, actor(CRP)) == ["SEANCES"], "an agenda is no relevé"
    Decision(company=seance.companies.get(), kind="OUVRIR", author=codefi.account).save()
    assert kinds_read(home, actor(CRP)) == ["SEANCES", "SEANCES"]


def test_an_act_subscribes_and_an_agent_may_end_it(
    home: TinyHome, follow_up: FollowUp, browser: Browser, actor: Actors
) -> None:
    page = f"/accompagnements/{follow_up.pk}"
    assert "Recevoir ses nouvelles" in browser(URSSAF).get(page).content.decode()
    touch = {"contact-on": today().isoformat(), "contact-channel": "PHONE", "contact-subject": "Point"}
    assert browser(URSSAF).post(f"{page}/prises-de-contact", touch).status_code == 302
    compare(home)
    assert "Ne plus recevoir ses nouvelles" in browser(URSSAF).get(page).content.decode()
    home.publish("2611-a", altered=worsened)
    compare(home)
    assert kinds_read(home, actor(URSSAF)) == ["PLANS", "PROCEDURES", "PROCEDURES"]
    browser(URSSAF).post(f"{page}/nouvelles", {"stop": "1"})
    assert kinds_read(home, actor(URSSAF)) == []
    browser(URSSAF).post(f"{page}/nouvelles")
    assert kinds_read(home, actor(URSSAF)) == ["PLANS", "PROCEDURES", "PROCEDURES"]


DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("known", "days", "is_new"),
    [([], 0, True), (["redressement 2026-05-04"], 0, False), (["redressement 2026-05-04"], 92, False),
     (["redressement 2026-05-04"], 93, True), (["sauvegarde 2026-05-04"], 0, True)],
)  # fmt: skip
def test_a_judgment_whose_day_is_corrected_is_the_same(known: list[str], days: int, is_new: bool) -> None:
    found = FollowedState((OpenedProcedure("redressement", "Redressement judiciaire", DAY + timedelta(days=days)),))
    assert bool(new_openings({"PROCEDURE": known}, found)) is is_new


def test_counting_asks_the_database_as_often_for_ten_follow_ups_as_for_one(
    home: TinyHome, carried: FollowUp, actor: Actors
) -> None:
    codefi = actor(CODEFI)

    def questions() -> int:
        with snapshot_of(home) as snapshot, CaptureQueriesContext(connection) as asked:
            count_unread(codefi)
            notices_of(codefi, snapshot)
        return len(asked)

    once = questions()
    for number in range(9):
        open_on(codefi, Followed(f"82222222{number}00010", "Essai", "87", active=True), {}, {}, {})
    assert questions() == once
