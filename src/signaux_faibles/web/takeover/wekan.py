"""The export of a board of Wekan in JSON, as its menu « Exporter le tableau » writes it (first-generation §3.1)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.takeover.courses import INCOMPLETE, CourseIncomplete, course_of
from signaux_faibles.web.takeover.identifiers import siret_of, siret_within
from signaux_faibles.web.takeover.labels import Labels, column_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import (
    Course,
    Export,
    LeftAside,
    ParsedChange,
    ParsedContact,
    ParsedContent,
    ParsedDeadline,
    ParsedFollowUp,
    ParsedMove,
    ParsedText,
    UnreadableExport,
)
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.wekan_activities import (
    ARCHIVED,
    CHANGES,
    CREATED,
    DUE,
    MOVED,
    NOT_TODAYS,
    RESTORED,
    RETURNED,
    Document,
    Hand,
    not_taken_over,
    unwound,
)

SOURCE = "wekan"
SIRET, CONTACT = "siret", "contact"
"""Custom fields of every board, by the words of their names."""
NOTHING_DONE = "pas d accompagnement"
"""The column of the companies that a board decided not to accompany."""
CONTACT_NAME = "Contact de la carte Wekan"
LONGEST_NOTE = 2_000


def read_board(path: Path, network: Network | None = None) -> Export:
    """What the export of a board holds.

    Args:
        network: whose board it is; by default, what its title says (« Tableau CRP ARA »).
    Raises:
        UnreadableExport: the file is not such an export, or its title names no network.
    """
    try:
        board = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableExport(f"{path.name} : ce n'est pas un fichier JSON lisible ({error}).") from error
    if not isinstance(board, dict) or not all(isinstance(board.get(one), list) for one in ("cards", "lists", "users")):
        raise UnreadableExport(
            f"{path.name} : ce n'est pas l'export d'un tableau Wekan (cartes, listes et utilisateurs attendus)."
        )
    board_network = network or _network(f"{board.get('title', '')} {board.get('slug', '')}")
    if board_network is None:
        raise UnreadableExport(
            f"{path.name} : le tableau « {board.get('title', '')} » ne dit pas de quel réseau il est. Donnez --network."
        )
    return _Board(board, path.name, board_network).export()


def _network(title: str) -> Network | None:
    words = set(folded(title).split())
    return next((one for one in (Network.CRP, Network.CODEFI, Network.DGEFP) if one.name.lower() in words), None) or (
        Network.DGEFP if "darp" in words else None
    )


class _Board:
    def __init__(self, board: Document, file: str, network: Network) -> None:
        self._board, self._file, self._network = board, file, network
        self._labels, self._export = Labels(), Export()
        self._users = {one["_id"]: _address(one) for one in self._documents("users")}
        self._lists = {one["_id"]: _text(one, "title") for one in self._documents("lists")}
        self._named = {one["_id"]: _text(one, "name") for one in _items(board, "labels")}
        self._fields = {one["_id"]: folded(_text(one, "name")) for one in self._documents("customFields")}
        self._comments: dict[str, list[Document]] = defaultdict(list)
        for comment in self._documents("comments"):
            self._comments[_text(comment, "cardId")].append(comment)
        self._activities: dict[str, list[Document]] = defaultdict(list)
        for activity in _items(board, "activities"):
            self._activities[_text(activity, "cardId")].append(activity)

    def export(self) -> Export:
        for card in self._documents("cards"):
            self._card(card)
        for why in not_taken_over(_items(self._board, "activities")):
            self._leave(self._file, "", why)
        return self._export

    def _card(self, card: Document) -> None:
        where = f"{self._file}, carte « {_text(card, 'title')[:80] or card['_id']} »"
        fields = {self._fields.get(_text(one, "_id"), ""): _text(one, "value") for one in _items(card, "customFields")}
        title = self._lists.get(_text(card, "listId"), "")
        siret = siret_of(fields.get(SIRET, "")) or siret_within(fields.get(SIRET, ""))
        column, opened = column_of(title), moment(card.get("startAt")) or moment(card.get("createdAt"))
        if folded(title) == NOTHING_DONE:
            why = f"Colonne « {title} » : aucun accompagnement à reprendre."
        elif siret is None:
            why = f"« {fields[SIRET]} » n'est pas un siret." if fields.get(SIRET) else "Carte sans siret."
        elif column is None:
            why = f"Colonne « {title} » inconnue."
        elif opened is None:
            why = "Aucune date d'ouverture lisible."
        else:
            self._export.follow_ups.append(self._follow_up(card, where, siret, column, opened))
            if fields.get(CONTACT):
                values = {"last_name": CONTACT_NAME, "note": plain(fields[CONTACT])[:LONGEST_NOTE]}
                self._export.contacts.append(ParsedContact(siret, values))
            return
        self._leave(where, siret or fields.get(SIRET, ""), why)

    def _follow_up(
        self, card: Document, where: str, siret: str, column: BoardColumn, opened: datetime
    ) -> ParsedFollowUp:
        archived = card.get("archived") is True
        course = self._course(card, where, siret, column, opened)
        column = BoardColumn.SUIVI_TERMINE if archived else column
        comments = self._texts(card)
        activity = [moment(card.get(name)) for name in ("dateLastActivity", "modifiedAt")]
        moved = [one.at for one in course.moves] if course else []
        began, changes = self._changes(card, where, siret, opened)
        changed = max(one for one in (opened, *activity, *moved, *(text.at for text in comments)) if one)
        put_away = self._last(card, ARCHIVED) if archived else None
        closing = course.closing.at if course and course.closing else None
        archived_at = moment(card.get("archivedAt")) or (put_away[0] if put_away else None)
        ended = moment(card.get("endAt")) or closing or (archived_at if archived else None) or changed
        return ParsedFollowUp(
            source=SOURCE,
            key=_text(card, "_id"),
            where=where,
            siret=siret,
            column=column,
            opened_at=opened,
            changed_at=max((changed, *(one.at for one in changes))),
            closed_at=max(ended, opened, *moved) if column is BoardColumn.SUIVI_TERMINE else None,
            archived=archived,
            creator=self._who(card.get("userId")),
            referents=self._people(_ids(card, "assignees")),
            participants=self._people(_ids(card, "members")),
            choices=self._choices(_ids(card, "labelIds")),
            texts=tuple(comments),
            course=course,
            began=began,
            changes=changes,
            closer=self._who(put_away[1].get("userId")) if put_away else "",
            due=self._due(card, changed),
        )

    def _changes(
        self, card: Document, where: str, siret: str, opened: datetime
    ) -> tuple[ParsedContent, tuple[ParsedChange, ...]]:
        """What a card held at its opening, and what changed it since."""
        today = Hand(_ids(card, "assignees"), _ids(card, "members"), _ids(card, "labelIds"))
        later = [(at, one) for at, one in self._dated(card) if at > opened and _text(one, "activityType") in CHANGES]
        began, changed, lost = unwound(today, later)
        if lost:
            self._leave(where, siret, f"{NOT_TODAYS} ({lost}).")
        if self._last(card, RESTORED):
            self._leave(where, siret, RETURNED)
        changes = (ParsedChange(one.at, self._who(one.activity.get("userId")), self._held(one.hand)) for one in changed)
        return self._held(began), tuple(changes)

    def _held(self, hand: Hand) -> ParsedContent:
        return ParsedContent(self._people(hand.assignees), self._people(hand.members), self._choices(hand.labels))

    def _due(self, card: Document, changed: datetime) -> ParsedDeadline | None:
        """The day that a card waits for, and who set it last."""
        at, last = moment(card.get("dueAt")), self._last(card, DUE)
        if at is None:
            return None
        set_at, by = (last[0], last[1].get("userId")) if last else (changed, card.get("userId"))
        return ParsedDeadline(timezone.localdate(at), set_at, self._who(by))

    def _dated(self, card: Document) -> list[tuple[datetime, Document]]:
        """The activities of a card that have a moment, the oldest first."""
        dated = [(at, one) for one in self._activities[_text(card, "_id")] if (at := moment(one.get("createdAt")))]
        return sorted(dated, key=lambda one: one[0])

    def _last(self, card: Document, kind: str) -> tuple[datetime, Document] | None:
        """The last activity of a type, with its moment."""
        return next((one for one in reversed(self._dated(card)) if _text(one[1], "activityType") == kind), None)

    def _course(self, card: Document, where: str, siret: str, column: BoardColumn, opened: datetime) -> Course | None:
        """The columns that a card went through; None where its moves are not in the export, or not all of them."""
        try:
            return course_of(self._standings(card, opened), column, opened)
        except CourseIncomplete:
            self._leave(where, siret, INCOMPLETE)
            return None

    def _standings(self, card: Document, opened: datetime) -> Iterator[ParsedMove]:
        """What the activities of a card say; columns that mean none of ours, and moves without a date, are left out."""
        dated = self._dated(card)
        moves = [(at, one) for at, one in dated if _text(one, "activityType") == MOVED]
        created = next((one for _, one in dated if _text(one, "activityType") == CREATED), None)
        first = _text(created, "listId") if created else _text(moves[0][1], "oldListId") if moves else ""
        stays = [(opened, first, card.get("userId"))]
        stays += [(at, _text(one, "listId"), one.get("userId")) for at, one in moves]
        for at, where, who in stays:
            column = column_of(self._lists.get(where, ""))
            if column is not None:
                yield ParsedMove(column, at, self._who(who))

    def _texts(self, card: Document) -> list[ParsedText]:
        """The description, which is the synthesis of the network, then the comments."""
        author = self._who(card.get("userId"))
        written = moment(card.get("modifiedAt")) or moment(card.get("createdAt")) or moment(card.get("startAt"))
        texts = []
        if written and plain(_text(card, "description")):
            texts.append(ParsedText(self._network, plain(_text(card, "description")), author, written, synthesis=True))
        for one in self._comments[_text(card, "_id")]:
            at, text = moment(one.get("createdAt")), plain(_text(one, "text"))
            if at and text:
                texts.append(ParsedText(self._network, text, self._who(one.get("userId")), at))
        return texts

    def _people(self, users: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self._who, users)))

    def _choices(self, labels: Iterable[str]) -> dict[str, Any]:
        return self._labels.sorted_out(self._named.get(one, "") for one in labels)

    def _who(self, user: object) -> str:
        """The address of a user; what stands for it where the export does not hold the user."""
        return self._users.get(str(user), f"utilisateur {user}") if user else ""

    def _leave(self, where: str, what: str, why: str) -> None:
        self._export.left_aside.append(LeftAside(where, what, why))

    def _documents(self, name: str) -> list[Document]:
        return [one for one in _items(self._board, name) if _text(one, "_id")]


def _items(holder: Document, name: str) -> Iterable[Document]:
    return [one for one in holder.get(name) or () if isinstance(one, dict)]


def _ids(card: Document, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in card.get(name) or () if one)


def _text(holder: Document, name: str) -> str:
    value = holder.get(name)
    return str(value) if value is not None and not isinstance(value, list | dict) else ""


def _address(user: Document) -> str:
    """The address of a user, which is their name in Wekan (first-generation §3.1)."""
    for one in _items(user, "emails"):
        if _text(one, "address"):
            return _text(one, "address").strip().lower()
    return _text(user, "username").strip().lower()
