"""What an export of another application holds, once read: the same shape whatever the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from signaux_faibles.web.accompagnements.states import Column
from signaux_faibles.web.rights.agent import Network


class ExportRefused(Exception):
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


@dataclass(frozen=True)
class ParsedText:
    """A comment, or the synthesis of a network, in Markdown.

    Attributes:
        author: the address of who wrote it; empty where the export does not say.
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
class Standing:
    """A follow-up came into a column: when, and who moved it (an address; empty where the export does not say)."""

    column: Column
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

    opened_in: Column
    moves: tuple[Standing, ...] = ()
    closing: Standing | None = None


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
    """

    source: str
    key: str
    where: str
    siret: str
    column: Column
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

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.column is not Column.SUIVI_TERMINE

    @property
    def opened_in(self) -> Column:
        """The column in which it was opened; of one that is over, « Suivi en cours » where the export does not say."""
        if self.course is not None:
            return self.course.opened_in
        return self.column if self.open else Column.SUIVI_EN_COURS


@dataclass
class Export:
    """An export as it was read."""

    follow_ups: list[ParsedFollowUp] = field(default_factory=list)
    contacts: list[ParsedContact] = field(default_factory=list)
    left_aside: list[LeftAside] = field(default_factory=list)
