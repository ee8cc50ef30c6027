"""The exports of a batch, beside its deliveries: users, tables, boards, lists, séances, campagnes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from signaux_faibles.fictitious.agents import officers
from signaux_faibles.fictitious.agents.boards import write_boards
from signaux_faibles.fictitious.agents.campagnes import write_campagnes
from signaux_faibles.fictitious.agents.opinions import write_votes
from signaux_faibles.fictitious.agents.past_lists import Scored, months_of_lists, scored, write_lists
from signaux_faibles.fictitious.agents.seances import write_seances
from signaux_faibles.fictitious.agents.stories import Story, known_at
from signaux_faibles.fictitious.agents.tables import write_tables, write_users
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.rng import stream

USERS, TABLES, BOARDS, LISTS = "utilisateurs.csv", "tables", "wekan", "listes"
SEANCES, CAMPAGNES = "seances.csv", "campagnes.csv"
SINCE = date(2024, 1, 1)
"""Accompagnements that began earlier were kept in Wekan, and are in no other export."""


class AgentsExport:
    """What agents had written by a batch, gathered part after part."""

    def __init__(self, folder: Path, batch: Batch, seed: int, world: str) -> None:
        self._folder, self._batch, self._stories = folder, batch, list[Story]()
        self._lists: dict[int, list[Scored]] = {origin: [] for origin in months_of_lists(batch)}
        self._officers = officers.draw(stream(seed, world, "officers"))

    def add(self, part: Part) -> None:
        """Add the accompagnements of a part, and its companies to the lists."""
        self._stories += known_at(part, self._batch)
        for origin, one in scored(part, list(self._lists)):
            self._lists[origin].append(one)

    def write(self) -> None:
        """Write every file of the exports."""
        stories = sorted(self._stories, key=lambda one: one.number)
        write_users(self._folder / USERS, self._officers)
        recent = [one for one in stories if one.opened >= SINCE]
        write_tables(self._folder / TABLES, recent, self._officers)
        write_votes(self._folder / TABLES, self._lists, self._officers)
        write_seances(self._folder / SEANCES, recent, self._officers)
        write_campagnes(self._folder / CAMPAGNES, self._lists, stories, self._officers, self._batch)
        write_boards(self._folder / BOARDS, [one for one in stories if one.opened < SINCE], self._officers)
        write_lists(self._folder / LISTS, self._lists)
