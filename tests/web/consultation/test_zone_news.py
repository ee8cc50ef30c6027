"""« Ce qui a changé dans ma zone »: recounted from the tables of the tiny home, by right, and since the last visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, URSSAF
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, IN_PROCEDURE
from signaux_faibles.cli import app
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company_facts import _facts
from signaux_faibles.snapshot.served.debts import DebtMonth
from signaux_faibles.snapshot.served.zone_changes import passed_debts, plans_left_behind, recent_judgments
from signaux_faibles.snapshot.served.zone_changes import shown as shown_debt
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.circulation.models import Announcement
from signaux_faibles.web.consultation import zone_news
from signaux_faibles.web.consultation.debt_section import month_total
from signaux_faibles.web.consultation.zone_news import since_when
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today
from signaux_faibles.wording.french import day_label

AS_OF = date(2026, 10, 31)
ZONE = ("87", "30")


@pytest.mark.parametrize(
    ("last_visit", "since"),
    [
        (None, date(2026, 9, 30)),
        (date(2026, 10, 30), date(2026, 9, 30)),
        (date(2026, 11, 29), date(2026, 9, 30)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2020, 1, 1), date(2025, 10, 30)),
    ],
)
def test_a_delivery_stays_news_for_a_month(last_visit: date | None, since: date) -> None:
    assert since_when(last_visit, AS_OF) == since


def test_judgments_of_the_zone_since_a_day(shared_home: Home) -> None:
    tables = Path(shared_home.root) / "snapshots" / "2610-a" / "tables"
    expected = duckdb.sql(
        f"SELECT count(*) FROM '{tables}/procedures_chronology.parquet' "
        f"SEMI JOIN '{tables}/clean_filter.parquet' USING (siren) WHERE date_effet >= DATE '2015-01-01'"
    ).fetchone()
    with shelf(shared_home).pinned() as snapshot:
        everywhere = ("87", "30", "35", "22")
        found = recent_judgments(snapshot, everywhere, date(2015, 1, 1))
        assert expected is not None
        assert len(found) == expected[0] > 0
        assert [one.event.on for one in found] == sorted((one.event.on for one in found), reverse=True)
        assert recent_judgments(snapshot, everywhere, date(2030, 1, 1)) == []
        assert recent_judgments(snapshot, ("2A",), date(2015, 1, 1)) == []


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (date(2026, 4, 16), ["04/05", "04/05", "07/04", "30/03"]),
        (date(2026, 4, 17), ["04/05", "04/05", "07/04"]),
        (date(2026, 5, 22), ["04/05", "04/05"]),
        (date(2026, 5, 24), []),
    ],
    ids=["published on the 12th, read since the 16th", "read before", "said by Urssaf that very day", "all known"],
)
def test_a_judgment_is_news_once_it_is_known(shared_home: Home, since: date, days: list[str]) -> None:
    """Its own day may be weeks before the last visit. Here notices are read up to four days before the data end."""
    with shelf(shared_home).pinned() as snapshot:
        found = recent_judgments(snapshot, ("87", "30", "35", "22"), since)
    assert [f"{one.event.on:%d/%m}" for one in found] == days


def test_debts_that_went_past_a_threshold(shared_home: Home) -> None:
    with shelf(shared_home).pinned() as snapshot:
        assert [one.company.siren for one in passed_debts(snapshot, ("35",), 90_000)] == [BRETONNE.siren]
        (ateliers,) = passed_debts(snapshot, ZONE, 50_000)
        assert ateliers.company.siren == ATELIERS.siren
        assert ateliers.owed == ATELIERS.debt
        assert ateliers.owed_before == round((ATELIERS.debt or 0) * 17 / 20)
        assert passed_debts(snapshot, ZONE, 1_000) == [], "they were past it three months before"


def test_plans_that_were_kept_three_months_before(shared_home: Home) -> None:
    """Half of each plan should remain, and the debts are twice to six times as much; in July there was no plan."""
    with shelf(shared_home).pinned() as snapshot:
        (ateliers,) = plans_left_behind(snapshot, ZONE)
        assert (ateliers.company.siren, ateliers.debt, ateliers.planned) == (ATELIERS.siren, 52_340, 12_155)
        assert [one.company.siren for one in plans_left_behind(snapshot, ("35", "87"))] == [
            BRETONNE.siren, ATELIERS.siren,
        ]  # fmt: skip
        assert plans_left_behind(snapshot, ("2A",)) == []


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_a_debt_is_the_same_to_the_euro_on_the_first_page_on_the_list_and_on_the_page(
    employee: Decimal, employer: Decimal
) -> None:
    """The list adds the shares that it shows; the exact sum may be a euro apart."""
    on_the_list = _facts(date(2026, 10, 1), employee, employer, None, None, None, None).total
    on_the_page = month_total(DebtMonth(date(2026, 10, 1), employee, employer, None, Decimal(0), Decimal(0)))
    assert shown_debt(employee, employer) == on_the_list == on_the_page


@pytest.mark.django_db
def test_a_judgment_on_a_company_whose_page_was_read_says_so(
    browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zone_news, "since_when", lambda *_: date(2026, 4, 1))
    agent = browser(CRP)
    assert "Déjà consultée" not in agent.get("/").content.decode()
    agent.get(f"/entreprises/{IN_PROCEDURE.siren}")
    assert "Déjà consultée" in agent.get("/").content.decode()
    assert "Déjà consultée" not in browser(CODEFI).get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "debts", "detection"),
    [(CRP, True, True), (URSSAF, True, False), (DARP, False, True), (CODEFI, True, True), (OUTSIDE, True, True)],
)
def test_each_agent_reads_what_their_habilitations_open(
    browser: Callable[[str], Client], kind: str, debts: bool, detection: bool
) -> None:
    page = browser(kind).get("/").content.decode()
    assert ("qui ont passé 50\u202f000\u00a0€" in page) is debts
    assert ("52\u202f340" in page) is (debts and kind != OUTSIDE)
    assert ("Délais de paiement qui ont cessé d’être tenus" in page) is debts
    assert ("52\u00a0k€ de dette, 12\u00a0k€ prévus" in page) is (debts and kind != OUTSIDE)
    assert ("Détection : liste Octobre 2026" in page) is detection
    assert "Procédures collectives" in page


@pytest.mark.django_db
def test_a_product_administrator_reads_nothing_of_it(browser: Callable[[str], Client]) -> None:
    assert "Ce qui a changé" not in browser(PRODUCT).get("/").content.decode()


@pytest.mark.django_db
def test_the_first_page_counts_what_the_agent_carries(browser: Callable[[str], Client], follow_up: FollowUp) -> None:
    assert "1 que vous portez" in browser(CODEFI).get("/").content.decode()
    assert "0 que vous portez" in browser(CRP).get("/").content.decode()


def shown(page: str, query: str) -> int:
    """The number that the first page gives to a link of the list; zero where it gives none."""
    found = re.search(rf'href="/listes{re.escape(query)}">([\d\u202f]+) ', page)
    return int(found[1]) if found else 0


@pytest.mark.django_db
def test_my_marks_on_the_first_page_are_those_of_the_list(browser: Callable[[str], Client]) -> None:
    crp = browser(CRP)
    me = Account.objects.get(email="crp@demo.example")
    acts = [(ATELIERS.siren, {"act": "ASSIGN", "assignee": str(me.pk)}), (CEVENOL.siren, {"act": "DONE"})]
    for siren, sent in acts:
        crp.post("/listes/2/travail", {"siren": siren, f"version-{siren}": "0", **sent})
    WorkEvent(
        siren=ELEONORE.siren, version=1, act="DONE", by=me, list_number=1, snapshot="x", rank=1,
        level="moderee", in_procedure=False,
    ).save()  # fmt: skip
    page = crp.get("/").content.decode()
    counts = {query: shown(page, query) for query in ("", "?mine=on", "?work=de_retour")}
    assert counts == {"": 3, "?mine=on": 1, "?work=de_retour": 1}
    for query, count in counts.items():
        listed = crp.get(f"/listes{query}").content.decode()
        assert listed.count("data-row") == count, query
    returned = crp.get("/listes?work=de_retour").content.decode()
    assert f"De retour : traitée le {day_label(today())}, liste n° 1." in returned


@pytest.mark.django_db
def test_an_announcement_is_shown_to_everybody_up_to_its_day(browser: Callable[[str], Client]) -> None:
    day = today()
    for text, until in (("Liste de novembre <b>lundi</b>", day), ("Maintenance passée", day - timedelta(days=1))):
        Announcement.objects.create(text=text, by="Équipe", until=until)
    for kind in (CRP, URSSAF, PRODUCT):
        page = browser(kind).get("/").content.decode()
        assert "Liste de novembre &lt;b&gt;lundi&lt;/b&gt;" in page
        assert "Maintenance passée" not in page


@pytest.mark.django_db
def test_announcements_are_made_by_command(monkeypatch: pytest.MonkeyPatch, shared_home: Home) -> None:
    monkeypatch.setenv("SF_HOME", str(shared_home.root))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["announce", *words])
        return done.exit_code, done.output

    until = ["--until", f"{today():%Y-%m-%d}", "--by", "Équipe"]
    assert run("add", "  ", *until)[0] == 1
    assert run("add", "x" * 501, *until)[0] == 1
    assert run("add", "Trop tard", "--until", "2020-01-01", "--by", "Équipe")[0] == 1
    assert run("add", "Liste de novembre", *until)[0] == 0
    row = Announcement.objects.get()
    assert "Liste de novembre" in run("list")[1]
    assert (run("end", str(row.pk))[0], run("end", str(row.pk))[0]) == (0, 1)
    assert not Announcement.objects.filter(until__gte=today()).exists()


@pytest.mark.django_db
def test_a_judgment_on_an_alert_that_was_set_aside_says_so_to_whom_may_read_it(
    browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company in procedure leaves the list, where an alert set aside until it worsens would not come back."""
    monkeypatch.setattr(zone_news, "since_when", lambda *_: date(2026, 4, 1))
    clients = {kind: browser(kind) for kind in (CRP, URSSAF)}
    WorkEvent(
        siren=IN_PROCEDURE.siren, version=1, act="ASIDE_UNLESS_WORSE", reason="GROUP", list_number=1, snapshot="x",
        by=Account.objects.get(email="crp@demo.example"), rank=1, level="moderee", in_procedure=False,
    ).save()  # fmt: skip
    assert "Avait été écartée" in clients[CRP].get("/").content.decode()
    assert IN_PROCEDURE.siren in Entry.objects.filter(subject="accueil").order_by("-pk")[0].detail
    assert "Avait été écartée" not in clients[URSSAF].get("/").content.decode()
    monkeypatch.setattr(zone_news, "carried", lambda _: [FollowUp(siren=IN_PROCEDURE.siren)])
    followed = clients[CRP].get("/").content.decode()
    assert ("Vous l’accompagnez" in followed, "Avait été écartée" in followed) == (True, True)


@pytest.mark.django_db
def test_a_debt_or_a_plan_of_an_alert_that_was_set_aside_says_so_to_whom_may_read_it(
    browser: Callable[[str], Client],
) -> None:
    """The alert is no longer in the list that the agent opens, whatever its debt becomes."""
    clients = {kind: browser(kind) for kind in (CRP, URSSAF)}
    assert "Avait été écartée" not in clients[CRP].get("/").content.decode()
    WorkEvent(
        siren=ATELIERS.siren, version=1, act="ASIDE", reason="GROUP", list_number=1, snapshot="x",
        by=Account.objects.get(email="crp@demo.example"), rank=1, level="moderee", in_procedure=False,
    ).save()  # fmt: skip
    pages = {kind: client.get("/").content.decode() for kind, client in clients.items()}
    assert [page.count(f'href="/entreprises/{ATELIERS.siren}"') for page in pages.values()] == [2, 2]
    assert [page.count("Avait été écartée") for page in pages.values()] == [2, 0]


KINDS = {
    "jugements": ("jugements", "recent_judgments"),
    "dettes": ("dettes-passees", "passed_debts"),
    "delais": ("plans-non-suivis", "plans_left_behind"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_news_that_are_not_all_shown_lead_to_the_others(
    browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    anchor, reading = KINDS[kind]
    read = getattr(zone_news, reading)
    monkeypatch.setattr(zone_news, reading, lambda *asked: 2 * read(*asked))
    monkeypatch.setattr(zone_news, "since_when", lambda *_: date(2015, 1, 1))
    agent = browser(CRP)
    monkeypatch.setattr(zone_news, "SHOWN", 20)
    whole = agent.get("/").content.decode()
    assert "?tout=" not in whole
    monkeypatch.setattr(zone_news, "SHOWN", 1)
    part = agent.get("/").content.decode()
    assert len(lines_of(part, anchor)) == 1
    assert f'href="?tout={kind}#{anchor}"' in part
    assert lines_of(agent.get(f"/?tout={kind}").content.decode(), anchor) == lines_of(whole, anchor)


@pytest.mark.django_db
def test_judgments_that_are_shown_first_are_not_said_to_be_the_last(
    browser: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, shared_home: Home
) -> None:
    """Those of companies that the agent accompanies come first, however old."""
    monkeypatch.setattr(zone_news, "since_when", lambda *_: date(2015, 1, 1))
    monkeypatch.setattr(zone_news, "SHOWN", 1)
    agent = browser(CODEFI)
    with shelf(shared_home).pinned() as snapshot:
        zone = Account.objects.get(email="codefi@demo.example").agent().zone
        judgments = recent_judgments(snapshot, zone, date(2015, 1, 1))
    oldest, latest = judgments[-1].company.siren, judgments[0].company.siren
    assert oldest != latest
    monkeypatch.setattr(zone_news, "carried", lambda _: [FollowUp(siren=oldest)])
    page = agent.get("/").content.decode()
    (line,) = lines_of(page, "jugements")
    assert oldest in line
    assert f"{len(judgments)} jugements connus depuis, dont :" in page


def lines_of(page: str, heading: str) -> list[str]:
    """The items of the part of a page under a heading."""
    part = page.split(f'id="{heading}"')[1].split("</section>")[0]
    return re.findall(r"<li>.*?</li>", part)
