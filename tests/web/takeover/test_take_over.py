"""Follow-ups taken over: what each becomes, what is left aside and why, and that it is done once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from harness.agents import CODEFI, CRP, PLACE, SIRET, URSSAF
from harness.former_exports import TRACKING, UNKNOWN, board, card, tables, write_board, write_tables
from harness.replaying import replay
from harness.tiny_home import CLOSED
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Comment, Contact, Event, FollowUp, Synthesis
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.states import EventKind
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.actions_export.delivery import deliver
from signaux_faibles.web.circulation.news import count_unread
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.takeover.application import read_application
from signaux_faibles.web.takeover.parsed import Export, Plan, UnreadableExport
from signaux_faibles.web.takeover.planning import Ready, plan_of
from signaux_faibles.web.takeover.wekan import read_board
from signaux_faibles.web.takeover.writing import write

pytestmark = pytest.mark.django_db
ActorOf = Callable[[str], Actor]
Planned = Callable[..., Plan[Ready]]
CLOSED_SITE = f"{CLOSED.siren}00010"


@pytest.fixture(autouse=True)
def people(actor: ActorOf) -> None:
    for kind in (CODEFI, CRP, URSSAF):
        actor(kind)


@pytest.fixture
def planned(settings: Settings) -> Planned:
    def plan(export: Export, stand_in: Account | None = None) -> Plan[Ready]:
        with shelf(settings.SF_HOME).pinned() as snapshot:
            return plan_of(export, snapshot, stand_in)

    return plan


def from_tables(folder: Path, **others: object) -> Export:
    return read_application(write_tables(folder, tables(**others)))  # type: ignore[arg-type]


def reasons(plan: Plan[Ready]) -> list[tuple[str, str]]:
    return [(one.what, one.why) for one in plan.left_aside]


def test_a_follow_up_keeps_its_people_its_dates_its_choices_and_its_texts(tmp_path: Path, planned: Planned) -> None:
    (row,) = write(planned(from_tables(tmp_path)))
    content = content_of(row)
    assert (row.siret, row.departement, row.opened_on, row.column) == (SIRET, "87", date(2025, 3, 4), "SUIVI_EN_COURS")
    assert (row.criticite, content["INSTANCE"], content["ETIQUETTE"]) == ("ELEVEE", ["MRE"], ["CVAP"])
    assert content["ACTION"] == ["Mise en place d’un délai Urssaf"]
    assert [(one.account.email, one.role) for one in row.members.order_by("pk")] == [
        ("codefi@demo.example", "REFERENT"),
        ("urssaf@demo.example", "PARTICIPANT"),
    ]
    synthesis, comment = Synthesis.objects.get(), Comment.objects.get()
    assert (synthesis.network, synthesis.text) == ("CODEFI", "**Contexte**\nUn client perdu & retrouvé.\nSuite")
    assert (comment.network, comment.text, comment.author.email) == (
        "URSSAF",
        "Échéancier accordé 👍",
        "urssaf@demo.example",
    )
    contact = Contact.objects.get()
    assert (contact.last_name, contact.role, contact.email, contact.note) == ("Exemple", "DIRIGEANT", "", "lou@")


def test_its_events_are_dated_signed_and_marked_and_replay(tmp_path: Path, planned: Planned) -> None:
    (row,) = write(planned(from_tables(tmp_path)))
    events = list(row.events.order_by("pk"))
    assert [(one.kind, one.author.email[:4], one.at.date()) for one in events] == [
        ("OPENED", "code", date(2025, 3, 4)),
        ("COMMENTED", "urss", date(2025, 3, 20)),
        ("SYNTHESIS", "code", date(2025, 4, 1)),
        ("CONTACTS", "code", date(2025, 6, 1)),
    ]
    assert all(one.seen == {"import": {"source": "application", "key": "7"}} for one in events)
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)


def test_what_was_done_elsewhere_is_no_news(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    write(planned(from_tables(tmp_path)))
    assert [count_unread(actor(kind)) for kind in (CODEFI, URSSAF)] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "column", "closed_on", "archived"),
    [
        ({"state": "under_surveillance"}, "VEILLE", None, False),
        ({"state": "completed", "end_date": "2025-07-01"}, "SUIVI_TERMINE", date(2025, 7, 1), False),
        ({"state": "completed", "end_date": ""}, "SUIVI_TERMINE", date(2025, 6, 1), False),
        ({"discarded_at": "2025-08-01 10:00:00"}, "SUIVI_TERMINE", date(2025, 8, 1), True),
        ({"state": "completed", "end_date": "2024-01-01"}, "SUIVI_TERMINE", date(2025, 3, 4), False),
    ],
)
def test_it_stands_where_it_stood(
    tmp_path: Path, planned: Planned, changes: dict[str, str], column: str, closed_on: date | None, archived: bool
) -> None:
    held = tables(TRACKING | changes)
    (row,) = write(planned(read_application(write_tables(tmp_path, held))))
    row.refresh_from_db()
    assert (row.column, row.closed_on, row.archived, row.outcome) == (column, closed_on, archived, "")
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)


@pytest.mark.parametrize(
    ("changes", "others", "why"),
    [
        ({"establishment_siret": "99999999900010"}, {}, "Siret inconnu du répertoire."),
        ({"establishment_siret": "inconnu"}, {}, "« inconnu » n'est pas un siret."),
        ({"state": "paused"}, {}, "Statut « paused » inconnu."),
        ({"start_date": "", "created_at": "hier"}, {}, "Aucune date d'ouverture lisible."),
        ({"start_date": "2099-01-01"}, {}, "Date d'ouverture à venir."),
        (
            {"establishment_siret": CLOSED_SITE},
            {"contacts": []},
            "Établissement fermé : un accompagnement ouvert n'y est pas repris.",
        ),
        (
            {"creator_id": 4},
            {"tracking_referents": [{"tracking_id": 7, "user_id": 4}]},
            f"Aucun référent n'a de compte : {UNKNOWN}.",
        ),
        (
            {},
            {
                "comments": [
                    {
                        "content": "x",
                        "establishment_tracking_id": 7,
                        "network_id": 1,
                        "user_id": 4,
                        "created_at": "2025-04-01",
                    }
                ]
            },
            f"Des textes sont de personnes sans compte : {UNKNOWN}.",
        ),
    ],
)
def test_what_cannot_be_taken_over_is_left_aside_with_its_reason(
    tmp_path: Path, planned: Planned, changes: dict[str, object], others: dict[str, list[object]], why: str
) -> None:
    plan = planned(read_application(write_tables(tmp_path, tables(TRACKING | changes, **others))))
    assert write(plan) == []
    assert why in [one.why for one in plan.left_aside]
    assert not Event.objects.exists()
    assert not Contact.objects.exists()


def test_a_closed_establishment_keeps_the_follow_ups_that_are_over(tmp_path: Path, planned: Planned) -> None:
    over = TRACKING | {"establishment_siret": CLOSED_SITE, "state": "completed", "end_date": "2025-07-01"}
    (row,) = write(planned(read_application(write_tables(tmp_path, tables(over)))))
    assert row.siret == CLOSED_SITE


def test_of_two_open_ones_the_last_changed_is_taken_over(tmp_path: Path, planned: Planned) -> None:
    other = TRACKING | {"id": 8, "modified_at": "2026-01-01"}
    plan = planned(read_application(write_tables(tmp_path, tables(TRACKING, other))))
    assert [one.parsed.key for one in plan.ready] == ["8"]
    assert (SIRET, "Un autre accompagnement de cet établissement est déjà ouvert.") in reasons(plan)


def test_what_is_over_is_taken_over_beside_an_open_one(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    ours = open_on(actor(CODEFI), PLACE, {}, {}, {})
    over = TRACKING | {"state": "completed", "end_date": "2025-07-01"}
    (row,) = write(planned(read_application(write_tables(tmp_path, tables(over)))))
    kinds = list(row.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["OPENED", "COMMENTED", "SYNTHESIS", "CLOSED", "CONTACTS"]
    assert {one.statut for one in FollowUp.objects.all()} == {"EN_COURS", "TERMINE"}
    assert replay(row.events.exclude(version=None).order_by("version")) == content_of(row)
    assert open_one(SIRET) == ours


def test_what_was_taken_over_is_delivered_as_such(tmp_path: Path, planned: Planned) -> None:
    over = TRACKING | {"state": "completed", "end_date": "2025-07-01"}
    write(planned(read_application(write_tables(tmp_path / "tables", tables(over)))))
    deliver(tmp_path / "delivery", fictitious=True, now=datetime(2026, 11, 30, tzinfo=UTC))
    with (tmp_path / "delivery" / "sf_interventions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["nature"], row["etat"], row["date_fait"], row["date_connue"]) for row in rows] == [
        ("OUVERTURE", "EN_COURS", "2025-03-04", "2025-03-04"),
        ("ACTION", "AJOUT", "2025-03-04", "2025-03-04"),
        ("CLOTURE", "", "2025-07-01", "2025-07-01"),
    ]
    assert {row["importe"] for row in rows} == {"1"}


def test_an_open_follow_up_of_ours_stays_the_only_one(tmp_path: Path, planned: Planned, actor: ActorOf) -> None:
    open_on(actor(CODEFI), PLACE, {}, {}, {})
    plan = planned(from_tables(tmp_path))
    assert plan.ready == []
    assert reasons(plan)[0] == (SIRET, "Un autre accompagnement de cet établissement est déjà ouvert.")


def test_one_opened_between_the_preview_and_the_writing_is_reported(
    tmp_path: Path, planned: Planned, actor: ActorOf
) -> None:
    plan = planned(from_tables(tmp_path))
    open_on(actor(CODEFI), PLACE, {}, {}, {})
    assert write(plan) == []
    assert "pendant l'import" in plan.left_aside[-1].why
    assert not Comment.objects.exists()


def test_a_second_import_creates_nothing(tmp_path: Path, planned: Planned) -> None:
    write(planned(from_tables(tmp_path)))
    before = (Event.objects.count(), Contact.objects.count(), Comment.objects.count())
    plan = planned(from_tables(tmp_path))
    assert (plan.ready, plan.already, plan.left_aside) == ([], 1, [])
    assert write(plan) == []
    assert (Event.objects.count(), Contact.objects.count(), Comment.objects.count()) == before


def test_a_stand_in_takes_over_what_people_without_an_account_did(
    tmp_path: Path, planned: Planned, actor: ActorOf
) -> None:
    stranger = [
        {"content": "Vu.", "establishment_tracking_id": 7, "network_id": 1, "user_id": 4, "created_at": "2025-04-01"}
    ]
    plan = planned(from_tables(tmp_path, comments=stranger), actor(CRP).account)
    write(plan)
    comment = Comment.objects.get()
    assert (comment.author, comment.text) == (actor(CRP).account, f"*Écrit par {UNKNOWN}.*\n\nVu.")


def test_texts_of_other_networks_and_amicable_procedures_are_handled_with_care(
    tmp_path: Path, planned: Planned
) -> None:
    row = {"establishment_tracking_id": 7, "user_id": 3, "created_at": "2025-04-01"}
    comments = [
        row | {"content": "Entre nous", "network_id": 3},
        row | {"content": "Un mandat ad hoc est ouvert", "network_id": 1},
        row | {"content": "Ancien", "network_id": "", "is_codefi": "t"},
    ]
    plan = planned(from_tables(tmp_path, comments=comments))
    write(plan)
    assert ("", "Son réseau n'est pas un des nôtres.") in reasons(plan)
    assert list(Comment.objects.order_by("pk").values_list("text", "network", "amicable")) == [
        ("Un mandat ad hoc est ouvert", "CODEFI", True),
        ("Ancien", "CODEFI", False),
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"separator": ";"},
        {"encoding": "utf-8-sig"},
        {"upper": True},
        {"separator": "\t", "encoding": "utf-16"},
    ],
)
def test_the_same_tables_in_another_form_give_the_same(
    tmp_path: Path, planned: Planned, form: dict[str, object]
) -> None:
    plain = planned(from_tables(tmp_path / "plain"))
    other = planned(read_application(write_tables(tmp_path / "other", tables(), **form)))  # type: ignore[arg-type]
    assert other.ready == plain.ready
    assert other.left_aside == plain.left_aside == []


def test_a_table_that_was_not_exported_takes_nothing_else_away(tmp_path: Path, planned: Planned) -> None:
    write_tables(tmp_path, tables())
    for name in ("comments", "contacts", "criticalities", "user_actions", "networks"):
        (tmp_path / f"{name}.csv").unlink()
    plan = planned(read_application(tmp_path))
    (row,) = write(plan)
    assert (row.criticite, content_of(row)["ACTION"]) == ("AUCUNE", [])


@pytest.mark.parametrize("missing", ["establishment_trackings", "users"])
def test_without_follow_ups_or_users_the_export_is_refused(tmp_path: Path, missing: str) -> None:
    write_tables(tmp_path, tables())
    (tmp_path / f"{missing}.csv").unlink()
    with pytest.raises(UnreadableExport, match=f"{missing}.csv"):
        read_application(tmp_path)
    with pytest.raises(UnreadableExport, match="n'est pas un dossier"):
        read_application(tmp_path / "absent")


COMMENT = {"_id": "c1", "cardId": "cardOfTheAteliers", "userId": "urssaf", "text": "Vu <b>hier</b> 👍"}


def test_a_card_is_a_follow_up_of_its_network(tmp_path: Path, planned: Planned) -> None:
    comment = COMMENT | {"createdAt": "2024-03-01T10:00:00Z"}
    export = read_board(write_board(tmp_path / "b.json", board(card(), comments=[comment]), encoding="utf-8-sig"))
    (row,) = write(planned(export))
    content = content_of(row)
    assert (row.column, row.opened_on, row.criticite) == ("SUIVI_EN_COURS", date(2024, 2, 1), "MODEREE")
    assert (content["FILIERE"], content["ETIQUETTE"]) == (["bois"], ["Cellule Limoges"])
    assert {(one.account.email[:3], one.role) for one in row.members.all()} == {
        ("crp", "REFERENT"),
        ("urs", "PARTICIPANT"),
    }
    assert (Synthesis.objects.get().network, Comment.objects.get().text) == ("CRP", "Vu **hier** 👍")
    assert Comment.objects.get().at == datetime(2024, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"listId": "todo"}, "A_DEFINIR"),
        ({"listId": "watch"}, "VEILLE"),
        ({"listId": "done", "endAt": "2024-05-01T00:00:00Z"}, "SUIVI_TERMINE"),
        ({"archived": True}, "SUIVI_TERMINE archivé"),
        ({"listId": "none"}, "Colonne « Pas d'accompagnement » : aucun accompagnement à reprendre."),
        ({"listId": "odd"}, "Colonne « Idées » inconnue."),
        ({"siret": ""}, "Carte sans siret."),
        ({"siret": None}, "Carte sans siret."),
        ({"siret": "à demander"}, "« à demander » n'est pas un siret."),
        ({"siret": "811 111 111 00010 (siège)"}, "SUIVI_EN_COURS"),
        ({"startAt": None, "createdAt": None}, "Aucune date d'ouverture lisible."),
        ({"assignees": [], "userId": "crp"}, "SUIVI_EN_COURS"),
        ({"assignees": ["gone"], "userId": "gone", "description": ""}, f"Aucun référent n'a de compte : {UNKNOWN}."),
        ({"assignees": None, "members": None, "labelIds": None}, "SUIVI_EN_COURS"),
        ({"userId": "lost"}, "Des textes sont de personnes sans compte : utilisateur lost."),
    ],
)
def test_a_card_stands_where_it_stood_or_is_left_aside(
    tmp_path: Path, planned: Planned, changes: dict[str, object], what: str
) -> None:
    plan = planned(read_board(write_board(tmp_path / "b.json", board(card(**changes)))))
    written = write(plan)
    if written:
        written[0].refresh_from_db()
        assert f"{written[0].column}{' archivé' * written[0].archived}" == what
    else:
        assert [one.why for one in plan.left_aside] == [what]


def test_two_cards_of_one_siret_give_one_open_follow_up(tmp_path: Path, planned: Planned) -> None:
    old = card(_id="old", dateLastActivity="2023-01-01T00:00:00Z", description="")
    plan = planned(read_board(write_board(tmp_path / "b.json", board(old, card()))))
    assert [one.parsed.key for one in plan.ready] == ["cardOfTheAteliers"]
    assert len(plan.left_aside) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"cards": [], "lists": {}, "users": []}', b"\xff\xfe\x00", b"[" * 100_000],
)
def test_what_is_not_a_board_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableExport, match=r"^b\.json : ce n'est pas"):
        read_board(path)


def test_a_board_says_its_network_or_is_asked_for_it(tmp_path: Path) -> None:
    path = write_board(tmp_path / "b.json", board(card(), title="Bac à sable"))
    with pytest.raises(UnreadableExport, match="--network"):
        read_board(path)


def test_many_cards_of_a_column_keep_short_ranks_in_their_order(tmp_path: Path, planned: Planned) -> None:
    cards = [
        card(_id=f"c{number:03}", listId="done", startAt=f"2024-01-01T00:{number % 60:02}:00Z", description="")
        for number in range(120)
    ]
    write(planned(read_board(write_board(tmp_path / "b.json", board(*cards)))))
    ranks = list(FollowUp.objects.order_by("pk").values_list("rank", flat=True))
    assert len(set(ranks)) == 120
    assert max(map(len, ranks)) < 10
    assert Event.objects.filter(kind=EventKind.CLOSED.name).count() == 120
