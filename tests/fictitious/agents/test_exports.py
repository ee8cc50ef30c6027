"""What agents of the invented country wrote: in the formats that are imported, coherent with the help, and no later."""

from __future__ import annotations

import csv
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.agents.export import BOARDS, CAMPAGNES, LISTS, SEANCES, SINCE, TABLES, USERS


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def sirets(folder: Path) -> dict[str, str]:
    """The siren of each accompagnement, by its identifier, in the tables and on the boards."""
    tables = {row["id"]: row["establishment_siret"] for row in rows(folder / TABLES / "establishment_trackings.csv")}
    boards = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / BOARDS).glob("*.json")]
    cards = {one["_id"]: one["customFields"][0]["value"] for board in boards for one in board["cards"]}
    return {key: siret.replace(" ", "")[:9] for key, siret in (tables | cards).items()}


def test_the_same_call_writes_the_same_bytes(country: dict[str, Invention], tmp_path: Path) -> None:
    again = invent(tmp_path, scale=Scale.SAMPLE, batch="2603", seed=20)
    assert contents(again.agents) == contents(country["2603"].agents)


def test_they_accompany_the_companies_that_the_truth_says_helped(country: dict[str, Invention]) -> None:
    helped = pq.read_table(country["2603"].truth / "help.parquet").to_pylist()
    written = {one["siren"] for one in helped if one["role"] == "aidee" and one["consigne"]}
    found = set(sirets(country["2603"].agents).values())
    assert len(found) > 10
    assert found <= written


def test_an_accompagnement_keeps_its_identifier_from_one_month_to_the_next(
    country: dict[str, Invention], tmp_path: Path
) -> None:
    later = invent(tmp_path, scale=Scale.SAMPLE, batch="2606", seed=20)
    before, after = sirets(country["2603"].agents), sirets(later.agents)
    assert before.items() <= after.items()


def test_nothing_is_dated_after_the_batch(country: dict[str, Invention]) -> None:
    folder = country["2603"].agents
    columns = ("start_date", "end_date", "modified_at", "created_at")
    for row in rows(folder / TABLES / "establishment_trackings.csv"):
        days = [date.fromisoformat(row[column][:10]) for column in columns if row[column]]
        assert SINCE <= min(days) <= max(days) < date(2026, 4, 1)
        assert (row["state"] == "completed") == bool(row["end_date"])


def test_a_card_went_through_columns_up_to_the_one_in_which_it_stands(country: dict[str, Invention]) -> None:
    for path in (country["2603"].agents / BOARDS).glob("*.json"):
        board = json.loads(path.read_text(encoding="utf-8"))
        for card in board["cards"]:
            held = [one for one in board["activities"] if one["cardId"] == card["_id"]]
            moves = [one for one in held if one["activityType"] in ("createCard", "moveCard")]
            assert moves[0]["activityType"] == "createCard"
            assert all(one["oldListId"] == before["listId"] for before, one in pairwise(moves))
            assert moves[-1]["listId"] == card["listId"]
            assert [one["createdAt"] for one in moves] == sorted(one["createdAt"] for one in moves)


def test_votes_and_seances_name_agents_and_companies_that_exist(country: dict[str, Invention]) -> None:
    folder = country["2603"].agents
    emails = {row["email"] for row in rows(folder / USERS)}
    votes = rows(folder / TABLES / "company_list_ratings.csv")
    assert {row["useful"] for row in votes} == {"t", "f"}
    useless = {row["id"] for row in votes if row["useful"] == "f"}
    assert {row["rating_id"] for row in rows(folder / TABLES / "rating_reasons_ratings.csv")} == useless
    seances = rows(folder / SEANCES)
    assert {row["user_email"] for row in votes} | {row["auteur"] for row in seances} <= emails
    followed = {row["establishment_siret"] for row in rows(folder / TABLES / "establishment_trackings.csv")}
    assert {row["siret"] for row in seances} <= followed
    assert all(SINCE <= date.fromisoformat(row["date"]) < date(2026, 4, 1) for row in seances)


def test_those_who_joined_a_card_are_on_it_until_they_leave(country: dict[str, Invention]) -> None:
    kinds = set()
    for path in (country["2603"].agents / BOARDS).glob("*.json"):
        board = json.loads(path.read_text(encoding="utf-8"))
        on_card = {card["_id"]: set(card["members"]) for card in board["cards"]}
        for one in sorted(board["activities"], key=lambda one: one["createdAt"], reverse=True):
            kinds.add(one["activityType"])
            if "memberId" in one:
                joined = one["activityType"] == "joinMember"
                assert (one["memberId"] in on_card[one["cardId"]]) is joined
                on_card[one["cardId"]] ^= {one["memberId"]}
        assert not any(on_card.values())
    assert {"joinMember", "unjoinMember", "addedLabel"} <= kinds


def test_campagnes_call_companies_of_the_lists_that_nobody_accompanies(country: dict[str, Invention]) -> None:
    folder = country["2603"].agents
    lines = rows(folder / CAMPAGNES)
    listed = {path.stem for path in (folder / LISTS).glob("*.json")}
    assert {row["ouverte_le"][:7] for row in lines} <= {name.removeprefix("liste-") for name in listed}
    assert {row["agent"] for row in lines} - {""} <= {row["email"] for row in rows(folder / USERS)}
    assert {row["resultat"] for row in lines} > {"Besoin", "Injoignable", "Reportée", ""}
    for row in lines:
        known = [day for day in (row["close_le"], row["date"]) if day]
        assert all(row["ouverte_le"] < day < "2026-03-01" for day in known)
        assert bool(row["date"]) == bool(row["resultat"]) == bool(row["agent"])
        assert bool(row["jusqu_au"]) == (row["resultat"] == "Reportée")


def test_users_are_those_whom_the_tables_name(country: dict[str, Invention]) -> None:
    folder = country["2603"].agents
    users = {row["id"] for row in rows(folder / TABLES / "users.csv")}
    named = {
        row["user_id"]
        for table in ("tracking_referents", "tracking_participants", "comments")
        for row in rows(folder / TABLES / f"{table}.csv")
    }
    assert named
    assert named <= users
    emails = [row["email"] for row in rows(folder / USERS)]
    assert len(emails) == len(set(emails)) == len(users)
    assert all(one.endswith(".example") and one.isascii() for one in emails)


def test_before_the_first_help_the_tables_are_empty_and_whole(country: dict[str, Invention]) -> None:
    folder = country["1809"].agents
    assert rows(folder / TABLES / "establishment_trackings.csv") == []
    header = (folder / TABLES / "establishment_trackings.csv").read_text(encoding="utf-8")
    assert header.startswith("id,establishment_siret,creator_id,state")
    assert not (folder / BOARDS).exists()


@pytest.mark.parametrize("batch", ["1809", "2603"])
def test_the_folder_of_the_batch_holds_what_it_held(country: dict[str, Invention], batch: str) -> None:
    assert country[batch].agents.parent.name == "agents"
    assert not [path for path in country[batch].folder.iterdir() if "utilisateurs" in path.name]
