"""What of an export can be taken over: known establishments, agents who have an account, one open follow-up each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.models import FollowUp, Imported
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.takeover.parsed import (
    Export,
    ParsedContact,
    ParsedContent,
    ParsedFollowUp,
    ParsedMove,
    ParsedText,
    Plan,
)
from signaux_faibles.web.takeover.people import agents_by_address

WRITTEN_BY = "*Écrit par {}.*\n\n"
"""Stands above a text whose author has no account, so that nobody takes the importer for its author."""


@dataclass(frozen=True)
class Signature:
    """The account that signs an act; `by`: who did it, where they have no account."""

    account: Account
    by: str = ""


@dataclass(frozen=True)
class Crew:
    """The accounts that carry a follow-up for a time, and its choices then."""

    referents: tuple[Account, ...]
    participants: tuple[Account, ...]
    choices: Mapping[str, Any]

    @property
    def people(self) -> dict[str, set[int]]:
        """The numbers of the accounts, by role."""
        return {
            "referents": {one.pk for one in self.referents},
            "participants": {one.pk for one in self.participants},
        }


@dataclass(frozen=True)
class Ready:
    """A follow-up that can be written: its establishment, its people and the authors of its texts as accounts.

    Attributes:
        began: what it was opened with; changes: what it held after each change.
        moves: those of its course; closing: who closed it, the first referent where nothing says it.
        due: who set the day that it waits for.
    """

    parsed: ParsedFollowUp
    site: Site
    creator: Account
    referents: tuple[Account, ...]
    began: Crew
    changes: tuple[tuple[Signature, datetime, Crew], ...]
    texts: tuple[tuple[Account, ParsedText], ...]
    moves: tuple[tuple[Signature, ParsedMove], ...]
    closing: Signature
    due: Signature
    contacts: tuple[ParsedContact, ...] = ()


def plan_of(export: Export, snapshot: Snapshot, stand_in: Account | None) -> Plan[Ready]:
    """What can be taken over, the latest of several open follow-ups of one establishment first.

    Args:
        stand_in: the account that takes over what people without an account did; without one it is left aside.
    """
    return _Planning(export, snapshot, stand_in).plan()


class _Planning:
    def __init__(self, export: Export, snapshot: Snapshot, stand_in: Account | None) -> None:
        self._export, self._stand_in = export, stand_in
        self._plan = Plan[Ready](left_aside=list(export.left_aside))
        self._sites = sites_of(snapshot, {one.siret for one in export.follow_ups})
        self._accounts = agents_by_address()
        self._open = set(FollowUp.objects.filter(statut__in=OPEN_STATUTS).values_list("siret", flat=True))
        self._done = set(Imported.objects.values_list("source", "key"))
        self._contacts: dict[str, list[ParsedContact]] = defaultdict(list)
        for contact in export.contacts:
            self._contacts[contact.siret].append(contact)

    def plan(self) -> Plan[Ready]:
        for parsed in sorted(self._export.follow_ups, key=lambda one: (one.changed_at, one.key), reverse=True):
            if (parsed.source, parsed.key) in self._done:
                self._plan.already += 1
                self._contacts.pop(parsed.siret, None)
                continue
            self._done.add((parsed.source, parsed.key))
            why = self._refusal(parsed)
            if why:
                self._leave(parsed, parsed.siret, why)
                continue
            ready = self._ready(parsed)
            if ready is not None:
                self._plan.ready.append(ready)
                self._open |= {parsed.siret} if parsed.open else set()
        for siret, left in sorted(self._contacts.items()):
            why = "Contact d'un établissement dont aucun accompagnement n'est repris."
            for _ in left:
                self._plan.leave("contacts", siret, why)
        self._plan.ready.sort(key=lambda one: (one.parsed.opened_at, one.parsed.key))
        return self._plan

    def _refusal(self, parsed: ParsedFollowUp) -> str:
        site = self._sites.get(parsed.siret)
        if site is None:
            return "Siret inconnu du répertoire."
        if parsed.opened_at > timezone.now():
            return "Date d'ouverture à venir."
        if parsed.open and not site.active:
            return "Établissement fermé : un accompagnement ouvert n'y est pas repris."
        if parsed.open and parsed.siret in self._open:
            return "Un autre accompagnement de cet établissement est déjà ouvert."
        return ""

    def _ready(self, parsed: ParsedFollowUp) -> Ready | None:
        """A follow-up with its accounts; None, and the reason, where somebody who must have one has none."""
        referents = self._referents(parsed, parsed.referents)
        if not referents:
            names = ", ".join(filter(None, parsed.referents or (parsed.creator,))) or "aucun nom"
            self._leave(parsed, parsed.siret, f"Aucun référent n'a de compte : {names}.")
            return None
        texts = [(self._author(text, referents[0]), text) for text in parsed.texts]
        unknown = sorted({text.author for author, text in texts if author is None})
        if unknown:
            self._leave(parsed, parsed.siret, f"Des textes sont de personnes sans compte : {', '.join(unknown)}.")
            return None
        self._name_the_unknown(parsed)
        course = parsed.course
        closer = course.closing.author if course and course.closing else parsed.closer
        return Ready(
            parsed=parsed,
            site=self._sites[parsed.siret],
            creator=self._accounts.get(parsed.creator) or referents[0],
            referents=referents,
            began=self._crew(parsed, parsed.began or parsed.today, referents),
            changes=tuple(
                (self._signature(one.author, referents[0]), one.at, self._crew(parsed, one.content, referents))
                for one in parsed.changes
            ),
            texts=tuple((author, self._signed(text)) for author, text in texts if author),
            moves=tuple((self._signature(one.author, referents[0]), one) for one in (course.moves if course else ())),
            closing=self._signature(closer, referents[0]),
            due=self._signature(parsed.due.author if parsed.due else "", referents[0]),
            contacts=tuple(self._contacts.pop(parsed.siret, ())),
        )

    def _referents(self, parsed: ParsedFollowUp, addresses: Iterable[str]) -> tuple[Account, ...]:
        """Those of some addresses that have an account, else whoever created it, else the stand-in."""
        accounts = self._known(addresses) or self._known([parsed.creator])
        return accounts or ((self._stand_in,) if self._stand_in else ())

    def _crew(self, parsed: ParsedFollowUp, content: ParsedContent, today: tuple[Account, ...]) -> Crew:
        """What it held at a moment; a follow-up always has a referent, one of `today` where nobody else is known."""
        return Crew(
            self._referents(parsed, content.referents) or today, self._known(content.participants), content.choices
        )

    def _name_the_unknown(self, parsed: ParsedFollowUp) -> None:
        """Say who has no account among those who carry it, and among those who once did."""
        now = dict.fromkeys((*parsed.referents, *parsed.participants))
        for one in now:
            if one not in self._accounts:
                self._leave(parsed, one, "Cette personne n'a pas de compte : l'accompagnement est repris sans elle.")
        contents = (one for one in (parsed.began, *(change.content for change in parsed.changes)) if one)
        once = dict.fromkeys(one for content in contents for one in (*content.referents, *content.participants))
        for one in once:
            if one not in self._accounts and one not in now:
                self._leave(parsed, one, "Cette personne n'a pas de compte : son passage n'est pas repris.")

    def _signature(self, author: str, referent: Account) -> Signature:
        """Who signs a move: its author, else the stand-in or a referent, and the event names the author."""
        if author in self._accounts:
            return Signature(self._accounts[author])
        return Signature(self._stand_in or referent, author) if author else Signature(referent)

    def _author(self, text: ParsedText, referent: Account) -> Account | None:
        """The author of a text; the referent answers for a synthesis whose export names nobody."""
        if not text.author:
            return referent if text.synthesis else self._stand_in
        return self._accounts.get(text.author) or self._stand_in

    def _signed(self, text: ParsedText) -> ParsedText:
        if text.author in self._accounts or (text.synthesis and not text.author):
            return text
        return replace(text, text=WRITTEN_BY.format(text.author or "une personne inconnue") + text.text)

    def _known(self, addresses: Iterable[str]) -> tuple[Account, ...]:
        accounts: Mapping[str, Account] = self._accounts
        return tuple(accounts[one] for one in dict.fromkeys(addresses) if one in accounts)

    def _leave(self, parsed: ParsedFollowUp, what: str, why: str) -> None:
        self._plan.leave(parsed.where, what, why)
