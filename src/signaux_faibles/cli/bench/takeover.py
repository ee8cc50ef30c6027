"""`sf bench takeover`: what it costs to take over thousands of cards and follow-ups of other applications.

Exports are invented on establishments of the published register, and imported as any are, by `sf import`, into an
application database of its own: the one of the home folder is not touched (Linux).
"""

from __future__ import annotations

import csv
import json
import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.cli.serving import run_own
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.shelf import Shelf
from signaux_faibles.web.serve import ensure_keys
from signaux_faibles.wording.french import number

AGENTS = 40
FIRST_DAY = date(2023, 1, 2)
COLUMNS = ("A définir", "Suivi en cours", "Veille", "Suivi terminé")
DONE = 3
_IMPORT = ("signaux_faibles.cli", "import")
TEXT = "**Contexte**\n\nClient perdu, trésorerie tendue.\n\n**Actions**\n\n- échéancier demandé\n- visite prévue\n" * 4
_SIRETS = "SELECT siret FROM clean_sirene WHERE est_actif ORDER BY hash(siret) LIMIT $count"


@dataclass(frozen=True)
class CommandCost:
    """What a command cost: seconds elapsed, seconds of processor, peak bytes of memory."""

    label: str
    elapsed: float
    processor: float
    memory: int


def bench_takeover(
    home: HomeOption,
    count: Annotated[int, typer.Option(min=1, help="Cartes d'un tableau, puis accompagnements de tables.")] = 10_000,
    database: Annotated[str, typer.Option(help="Adresse d'une base PostgreSQL vide ; une base SQLite sinon.")] = "",
) -> None:
    """Mesure la reprise d'un tableau Wekan, puis de tables de l'application précédente, dans une base à part."""
    with refusals_as_sentences(), tempfile.TemporaryDirectory() as folder:
        if database:
            _check_empty(database)
        variables = {"SF_DATABASE_URL": database or None}
        sirets = _sirets(Home(home), 2 * count)
        exports, scratch = Path(folder) / "exports", _scratch(Home(home), Path(folder) / "home")
        _write(exports, sirets[:count] or sirets, sirets[count:] or sirets, count)
        run_own(scratch, "signaux_faibles.web", "migrate", "--verbosity", "0", "--no-input", variables=variables)
        run_own(scratch, *_IMPORT, "accounts", str(exports / "users.csv"), "--apply", variables=variables)
        board, tables = ("wekan", str(exports / "board.json")), ("follow-ups", str(exports / "tables"))
        costs = [
            _measured(f"{label}, {step}", scratch, variables, *words, *apply)
            for label, words in (("Tableau Wekan", board), ("Tables", tables))
            for step, apply in (("aperçu", ()), ("écriture", ("--apply",)), ("seconde reprise", ("--apply",)))
        ]
    report = Table("Reprise", "Durée (s)", "Processeur (s)", "Mémoire (Mio)")
    report.caption = "Mémoire : la plus haute jusque-là."
    of = f"{number(count)} cartes, puis {number(count)} accompagnements de tables"
    report.title = f"{of}. {'PostgreSQL' if database else 'SQLite'}. Données inventées."
    for one in costs:
        report.add_row(one.label, number(one.elapsed, 1), number(one.processor, 1), number(one.memory / 2**20))
    screen.print(report)


def _sirets(home: Home, count: int) -> list[str]:
    with Shelf(home).pinned() as snapshot:
        sirets = [siret for (siret,) in snapshot.rows(_SIRETS, {"count": count})]
    if not sirets:
        raise RunStopped(f"Aucun établissement en activité dans {home.root}.")
    return sirets


def _check_empty(database: str) -> None:
    """Refuse a database that holds a table: what is imported is invented, and stays there."""
    import psycopg

    try:
        with psycopg.connect(database) as connection:
            table = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    except psycopg.Error as error:
        raise RunStopped(f"La base PostgreSQL ne répond pas : {error}") from error
    if table:
        raise RunStopped("Cette base n'est pas vide : donnez celle d'une base neuve, qui sera à supprimer ensuite.")


def _scratch(home: Home, root: Path) -> Home:
    """A home with the snapshots and the lists of another, and an application database of its own."""
    root.mkdir()
    for name in (home.snapshots.name, home.current.name, home.publications.name, "lists"):
        if (home.root / name).exists():
            (root / name).symlink_to((home.root / name).resolve())
    scratch = Home(root)
    ensure_keys(scratch)
    return scratch


def _write(folder: Path, cards: Sequence[str], followed: Sequence[str], count: int) -> None:
    """Write the users, a board and the tables."""
    tables = folder / "tables"
    tables.mkdir(parents=True)
    users = [
        {"email": f"agent{n}@banc.example", "first_name": "Agent", "last_name": str(n), "segment_name": "crp",
         "geo_access": "France entière", "entity": "DREETS"} for n in range(AGENTS)
    ]  # fmt: skip
    _csv(folder / "users.csv", users)
    text = json.dumps(_board(cards, count), ensure_ascii=False)
    (folder / "board.json").write_text(text, encoding="utf-8")
    for name, rows in _tables(followed, count).items():
        _csv(tables / f"{name}.csv", rows)


def _csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _day(n: int, later: int = 0) -> str:
    return f"{FIRST_DAY + timedelta(days=n % 900 + later)}T09:{n % 60:02}:00Z"


def _over(n: int, sirets: Sequence[str]) -> bool:
    """Two in three are over; an establishment has one open at most."""
    return n % 3 > 0 or n >= len(sirets)


def _board(sirets: Sequence[str], count: int) -> dict[str, Any]:
    """A board whose cards have three moves and three comments each, like real ones."""
    cards, comments, activities = [], [], []
    for n in range(count):
        over, card = _over(n, sirets), f"card{n}"
        path = [0, 1, 2, DONE if over else 1]
        cards.append(
            {
                "_id": card,
                "title": f"ENTREPRISE {n}",
                "description": TEXT,
                "listId": f"l{path[-1]}",
                "userId": f"u{n % AGENTS}",
                "assignees": [f"u{n % AGENTS}"],
                "members": [f"u{(n + 1) % AGENTS}"],
                "customFields": [{"_id": "siret", "value": sirets[n % len(sirets)]}],
                "startAt": _day(n),
                "dateLastActivity": _day(n, 40),
                "endAt": _day(n, 40) if over else None,
            }
        )
        comments += [
            {"cardId": card, "_id": f"{card}-{k}", "userId": f"u{k}", "text": TEXT, "createdAt": _day(n, k)}
            for k in range(3)
        ]
        activities += [
            {"activityType": "moveCard" if k else "createCard", "cardId": card, "listId": f"l{column}",
             "userId": f"u{k}", "createdAt": _day(n, 10 * k)} for k, column in enumerate(path)
        ]  # fmt: skip
    return {
        "title": "Tableau CRP banc",
        "lists": [{"_id": f"l{n}", "title": title} for n, title in enumerate(COLUMNS)],
        "users": [{"_id": f"u{n}", "username": f"agent{n}@banc.example"} for n in range(AGENTS)],
        "customFields": [{"_id": "siret", "name": "SIRET"}],
        "cards": cards,
        "comments": comments,
        "activities": activities,
    }


def _tables(sirets: Sequence[str], count: int) -> dict[str, list[dict[str, Any]]]:
    """The tables of the follow-ups, with two comments and a contact each."""
    numbers = range(count)
    key = "establishment_tracking_id"
    texts = [
        {"content": TEXT, key: n, "network_id": 1, "user_id": n % AGENTS, "created_at": _day(n, k), "updated_at": ""}
        for n in numbers
        for k in range(2)
    ]
    return {
        "establishment_trackings": [
            {"id": n, "establishment_siret": sirets[n % len(sirets)], "creator_id": n % AGENTS, "criticality_id": 1,
             "state": "completed" if _over(n, sirets) else "in_progress", "start_date": _day(n)[:10],
             "end_date": _day(n, 40)[:10] if _over(n, sirets) else "", "modified_at": _day(n, 40)[:10]}
            for n in numbers
        ],
        "users": [{"id": n, "email": f"agent{n}@banc.example"} for n in range(AGENTS)],
        "tracking_referents": [{key: n, "user_id": n % AGENTS} for n in numbers],
        "tracking_participants": [{key: n, "user_id": (n + 1) % AGENTS} for n in numbers],
        "networks": [{"id": 1, "name": "CRP"}],
        "criticalities": [{"id": 1, "name": "Niveau rouge"}],
        "comments": texts,
        "summaries": [one | {"updated_at": one["created_at"]} for one in texts[::2]],
        "contacts": [
            {"establishment_siret": sirets[n % len(sirets)], "first_name": "Lou", "last_name": f"Exemple {n}"}
            for n in numbers
        ],
    }  # fmt: skip


def _measured(label: str, home: Home, variables: Mapping[str, str | None], *words: str) -> CommandCost:
    before, began = _children(), time.monotonic()
    run_own(home, *_IMPORT, *words, variables=variables)
    after = _children()
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return CommandCost(label, time.monotonic() - began, processor, after.ru_maxrss * 1024)


def _children() -> resource.struct_rusage:
    """What the commands that are over used; its memory is the highest of them all, the costliest ones being last."""
    return resource.getrusage(resource.RUSAGE_CHILDREN)
