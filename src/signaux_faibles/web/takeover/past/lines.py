"""What both files share: grouping the lines of one séance or campagne, and the accounts that sign what they say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.snapshot.served.establishments import sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.texts import names_an_amicable_procedure
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import Plan
from signaux_faibles.web.takeover.people import agents_by_address
from signaux_faibles.web.takeover.tables import TableRecord, read_table
from signaux_faibles.web.territory import department_labels


class ReadyPast(Protocol):
    """A séance or a campagne that can be written."""

    @property
    def companies(self) -> Mapping[str, Any]:
        """By siret, what was done."""


T = TypeVar("T", bound=ReadyPast)
Held = tuple[str, date, str]
"""A department, a day, a title: what makes a séance, or a campagne."""
SOMEBODY = "une personne inconnue"


@dataclass(frozen=True)
class Naming:
    """The columns of a file of séances or of campagnes, besides `departement`, `intitule` and `siret`.

    Attributes:
        day: the column of its day.
        title: its title where no line gives one that all may read.
        longest: characters of a title.
        coming: why one whose day is to come is left aside.
        others: other names of columns, with ours.
    """

    day: str
    title: str
    longest: int
    coming: str
    others: dict[str, str]


class PastFile(ABC, Generic[T]):
    """A file that is being planned: its lines, the plan, the establishments that it names, who may sign."""

    naming: ClassVar[Naming]

    def __init__(self, path: Path, snapshot: Snapshot, stand_in: Account | None) -> None:
        """Read the file.

        Args:
            stand_in: the account that signs what people without one did; without it, that is left aside.
        Raises:
            UnreadableExport: the file cannot be read.
        """
        self.plan = Plan[T]()
        required = ("departement", self.naming.day, "siret")
        self._rows = read_table(path, self.plan.left_aside, required=required, others=self.naming.others)
        self.sites = sites_of(snapshot, {siret for row in self._rows if (siret := siret_of(row["siret"]))})
        self.signatories = Signatories(stand_in)

    def planned(self) -> Plan[T]:
        """What can be written, the oldest first; what `existing` gives is not written again."""
        for (departement, on, title), rows in self._groups():
            ready = self.ready(departement, on, title, rows)
            if isinstance(ready, str):
                self.leave(rows[0], ready)
            elif ready.companies:
                self.plan.ready.append(ready)
        return self.plan

    @abstractmethod
    def existing(self) -> Iterable[Held]:
        """What our database holds already."""

    @abstractmethod
    def ready(self, departement: str, on: date, title: str, rows: Sequence[TableRecord]) -> T | str:
        """What can be written of some lines, or why they are left aside together."""

    def _groups(self) -> Iterator[tuple[Held, list[TableRecord]]]:
        """The lines of each séance or campagne, in the order of the file.

        Those that our database holds are counted in the plan; those to come, or without department or day, are left
        aside in it.
        """
        already = {(departement, on, folded(title)) for departement, on, title in self.existing()}
        for (departement, on, words), rows in sorted(self._grouped().items(), key=lambda one: (one[0][1], one[0])):
            leave = partial(self.leave, rows[0])
            if (departement, on, words) in already:
                self.plan.already += 1
            elif on > timezone.localdate():
                leave(self.naming.coming)
            else:
                yield (departement, on, self._title(rows[0], leave)), rows

    def leave(self, row: TableRecord, why: str) -> None:
        """Leave a line aside, or a part of it, with the reason."""
        self.plan.leave(row.where, row["siret"], why)

    def _grouped(self) -> dict[Held, list[TableRecord]]:
        codes = {folded(label): code for code, label in department_labels().items()}
        groups: dict[Held, list[TableRecord]] = defaultdict(list)
        for row in self._rows:
            departement, day = _code(row["departement"], codes), row[self.naming.day]
            at = moment(day)
            if departement is None:
                self.leave(row, f"« {row['departement']} » n'est pas un département.")
            elif at is None:
                self.leave(row, f"« {day} » n'est pas une date.")
            else:
                title = self._title(row, lambda _: None)
                groups[departement, timezone.localdate(at), folded(title)].append(row)
        return groups

    def _title(self, row: TableRecord, leave: Callable[[str], None]) -> str:
        return read_by_all(row["intitule"], self.naming.longest, leave) or self.naming.title


def _code(text: str, codes: dict[str, str]) -> str | None:
    """The code of a department, from its code or its name."""
    code = text.strip().upper().zfill(2)
    return code if code in codes.values() else codes.get(folded(text))


class Signatories:
    """The accounts that may sign; `stand_in` signs for people without one, whom the text then names."""

    def __init__(self, stand_in: Account | None) -> None:
        self._accounts, self._stand_in = agents_by_address(), stand_in

    def known(self, address: str) -> Account | None:
        """The account of an address; None without one."""
        return self._accounts.get(address.lower())

    def signing(self, address: str) -> Account | None:
        """Who signs what an address did: its account, else the stand-in; None without either."""
        return self.known(address) or self._stand_in

    def first_of(self, addresses: Sequence[str]) -> Account | None:
        """The first of some addresses that has an account, else the stand-in; None without either."""
        return next((one for address in addresses if (one := self.known(address))), self._stand_in)


def noted_by(address: str, account: Account, text: str) -> str:
    """A text that an account signs, which names who wrote it where that is somebody else."""
    return text if address.lower() == account.email else f"(Noté par {address or SOMEBODY}.) {text}".strip()


def read_by_all(text: str, longest: int, leave: Callable[[str], None]) -> str:
    """A text that every reader of a séance or of a campagne reads, as their forms take it.

    One that names a confidential procedure is left aside, one that is too long is cut; `leave` gets the reason.
    """
    if names_an_amicable_procedure(text):
        leave("Un texte nomme une procédure amiable, que tous liraient : la ligne est reprise sans lui.")
        return ""
    if len(text) > longest:
        leave(f"Un texte passe {longest} caractères : il est coupé.")
    return text[:longest]
