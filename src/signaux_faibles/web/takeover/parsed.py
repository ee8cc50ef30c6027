"""What an export of another application holds, once read: the same shape whatever the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.rights.agent import Network


class UnreadableExport(Exception):
    """The export cannot be read at all; the message is a French sentence that says what to do."""


@dataclass(frozen=True)
class LeftAside:
    """Something that is not taken over, and why, in French.

    Attributes:
        where: its place in the export: « establishment_trackings.csv, ligne 12 », « carte « SARL X » ».
        what: the siret, or the address, that it is about; empty if it has none.
    """

    where: str
    what: str
    why: str


T = TypeVar("T")


@dataclass
class Plan(Generic[T]):
    """What an import will do.

    Attributes:
        ready: what can be written.
        already: how many our database holds already, from an earlier import or because they were written here.
    """

    ready: list[T] = field(default_factory=list)
    already: int = 0
    left_aside: list[LeftAside] = field(default_factory=list)

    def leave(self, where: str, what: str, why: str) -> None:
        """Leave something aside, with the reason."""
        self.left_aside.append(LeftAside(where, what, why))


@dataclass(frozen=True)
class ParsedText:
    """A comment, or the synthesis of a network, in Markdown.

    Attributes:
        author: the address of whoever wrote it; empty where the export does not say.
    """

    network: Network
    text: str
    author: str
    at: datetime
    synthesis: bool = False


@dataclass(frozen=True)
class ParsedContact:
    """A person of an establishment; `values` are those of `Contact`."""

    siret: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ParsedMove:
    """A follow-up came into a column: when, and who moved it (an address; empty where the export does not say)."""

    column: BoardColumn
    at: datetime
    author: str


@dataclass(frozen=True)
class Course:
    """The columns that a follow-up went through.

    Attributes:
        opened_in: the first one.
        moves: those that it came into afterwards, the oldest first; the one that closed it is left out.
        closing: that one; None for a follow-up that goes on, or that something else closed.
    """

    opened_in: BoardColumn
    moves: tuple[ParsedMove, ...] = ()
    closing: ParsedMove | None = None


@dataclass(frozen=True)
class ParsedContent:
    """Who carried a follow-up for a time, as addresses, and its choices then."""

    referents: tuple[str, ...]
    participants: tuple[str, ...]
    choices: Mapping[str, Any]


@dataclass(frozen=True)
class ParsedChange:
    """What a follow-up held from a moment on, and who changed it (an address; empty where the export does not say)."""

    at: datetime
    author: str
    content: ParsedContent


@dataclass(frozen=True)
class ParsedDeadline:
    """A day by which something was to be done, who set it, and when."""

    on: date
    at: datetime
    author: str


@dataclass(frozen=True)
class ParsedFollowUp:
    """A follow-up as another application held it.

    Attributes:
        source, key: which application, and its identifier there.
        where: its place in the export, for the report.
        column: where it stands now; « Suivi terminé » for a closed one.
        creator, referents, participants: addresses of accounts.
        choices: criticité and lists of labels, as `FollowUp.choices` holds them.
        course: the columns that it went through; None where the export does not say.
        began: what it held at its opening, where the export says it; changes: what led from there to today.
        closer: who closed it, where its course does not say.
        due: the day that it waits for.
    """

    source: str
    key: str
    where: str
    siret: str
    column: BoardColumn
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    archived: bool
    creator: str
    referents: tuple[str, ...]
    participants: tuple[str, ...]
    choices: Mapping[str, Any]
    texts: tuple[ParsedText, ...] = ()
    course: Course | None = None
    began: ParsedContent | None = None
    changes: tuple[ParsedChange, ...] = ()
    closer: str = ""
    due: ParsedDeadline | None = None

    @property
    def today(self) -> ParsedContent:
        """What it holds now."""
        return ParsedContent(self.referents, self.participants, self.choices)

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.column is not BoardColumn.SUIVI_TERMINE

    @property
    def opened_in(self) -> BoardColumn:
        """The column in which it was opened; of one that is over, « Suivi en cours » where the export does not say."""
        if self.course is not None:
            return self.course.opened_in
        return self.column if self.open else BoardColumn.SUIVI_EN_COURS


@dataclass
class Export:
    """An export as it was read."""

    follow_ups: list[ParsedFollowUp] = field(default_factory=list)
    contacts: list[ParsedContact] = field(default_factory=list)
    left_aside: list[LeftAside] = field(default_factory=list)
