"""Past campagnes de contact, from the file of what was done in them: one line for each call, or company to call.

An agent who called a company had taken it: where the file keeps the result alone, the company is taken at that moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.campagnes.models import LONGEST_NOTE, LONGEST_TITLE, Campagne
from signaux_faibles.web.campagnes.running import MOST_COMPANIES
from signaux_faibles.web.campagnes.standing import (
    ActKind,
    CallStanding,
    ContactAct,
    ContactOutcome,
    Status,
    allows,
    fold,
)
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.past.lines import Held, Naming, PastFile, noted_by, read_by_all
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import TableRecord
from signaux_faibles.wording.french import day_label

TITLE = "Campagne de contact"
OTHER_NAMES = {
    "code_departement": "departement",
    "campagne": "intitule",
    "titre": "intitule",
    "date_ouverture": "ouverte_le",
    "date_cloture": "close_le",
    "statut": "etat",
    "detail_statut": "resultat",
    "reportee_jusqu_au": "jusqu_au",
    "username": "agent",
    "note_le": "date",
}
"""Headings of the workbook of a campagne, and of the export of the first application (first-generation §1.15)."""
NAMING = Naming("ouverte_le", TITLE, LONGEST_TITLE, "Campagne à venir : ouvrez-la dans l'application.", OTHER_NAMES)
Result = tuple[ActKind, ContactOutcome | None]
TAKEN: Result = (ActKind.TAKE, None)
UNTIL_A_DAY = frozenset(map(folded, (Status.REPORTEE.value, "delai_3mois", "delai_6mois", "delai_9mois")))
_WORDS: tuple[tuple[Result, tuple[str, ...]], ...] = (
    (TAKEN, (Status.PRISE.value, "take")),
    ((ActKind.RELEASE, None), ("rendue", "cancel", "erreur", "inadequat", "indisponible")),
    ((ActKind.POSTPONE, None), (*UNTIL_A_DAY, Status.ECARTEE.value, "definitif")),
    *(((ActKind.OUTCOME, one), (one.value, one.name)) for one in ContactOutcome),
)
"""Our words, and the codes of the first application."""
RESULTS: Mapping[str, Result] = {folded(word): result for result, words in _WORDS for word in words}
NOTHING = frozenset(map(folded, ("", Status.A_CONTACTER.value, "pending")))
NOBODY = frozenset(map(folded, ("", "non attribué")))


@dataclass
class ReadyCampagne:
    """A campagne that can be written: its companies in the order of the file, each with its acts in that of the days.

    Attributes:
        where: its first line, for the report.
        closed_on: None for one that goes on here.
    """

    where: str
    departement: str
    opened_on: date
    title: str
    author: Account
    closed_on: date | None
    companies: dict[str, list[ContactAct]] = field(default_factory=dict)


class CampagnesFile(PastFile[ReadyCampagne]):
    """A file of past campagnes; one of the same department, day and title as ours is not taken over again."""

    naming = NAMING

    def existing(self) -> Iterable[Held]:
        """The campagnes that our database holds."""
        return Campagne.objects.values_list("departement", "opened_on", "title")

    def ready(self, departement: str, on: date, title: str, rows: Sequence[TableRecord]) -> ReadyCampagne | str:
        """A campagne that can be written, or why it is left aside."""
        campagne = self._campagne(departement, on, title, rows)
        if not isinstance(campagne, str):
            for siret, lines in self._companies(departement, rows).items():
                campagne.companies[siret] = list(self._acts(campagne, lines))
        return campagne

    def _campagne(self, departement: str, on: date, title: str, rows: Sequence[TableRecord]) -> ReadyCampagne | str:
        """A campagne without its companies, or why it is left aside."""
        sirets = {siret for row in rows if (siret := siret_of(row["siret"]))}
        if len(sirets) > MOST_COMPANIES:
            return f"{len(sirets)} entreprises ; une campagne en compte au plus {MOST_COMPANIES} : partagez-la en deux."
        addresses = [row[column] for column in ("ouverte_par", "agent") for row in rows]
        author = self.signatories.first_of(addresses)
        if author is None:
            return "Aucun agent de cette campagne n'a de compte."
        closing = next(filter(None, (row["close_le"] for row in rows)), "")
        closed = moment(closing)
        if closing and closed is None:
            return f"« {closing} » n'est pas une date de clôture."
        closed_on = timezone.localdate(closed) if closed else None
        if closed_on and not on <= closed_on <= timezone.localdate():
            return "Close avant son ouverture, ou à venir : laissez vide la clôture d'une campagne qui continue."
        return ReadyCampagne(rows[0].where, departement, on, title, author, closed_on)

    def _companies(self, departement: str, rows: Sequence[TableRecord]) -> Mapping[str, list[TableRecord]]:
        """The lines of each establishment of the department."""
        companies: dict[str, list[TableRecord]] = defaultdict(list)
        for row in rows:
            siret = siret_of(row["siret"])
            site = self.sites.get(siret) if siret else None
            if siret is None or site is None:
                self.leave(row, f"« {row['siret']} » n'est pas un siret du répertoire.")
            elif site.departement != departement:
                self.leave(row, f"Cet établissement n'est pas dans le département {departement}.")
            else:
                companies[siret].append(row)
        return companies

    def _acts(self, ready: ReadyCampagne, rows: Sequence[TableRecord]) -> Iterator[ContactAct]:
        """The acts on an establishment, the oldest first, each one that may follow those before it."""
        lines = [(row, act) for row in rows if (act := self._act(ready, row)) is not None]
        lines.sort(key=lambda one: one[1].at)
        results = [act for _, act in lines if act.kind is ActKind.OUTCOME]
        acts: list[ContactAct] = []
        for row, act in lines:
            if act.kind is ActKind.OUTCOME and act is not results[-1]:
                later = day_label(timezone.localdate(results[-1].at))
                self.leave(row, f"Cette entreprise a un résultat plus récent, du {later} : lui seul est repris.")
                continue
            steps = _steps(fold(acts, timezone.localdate(act.at)), act)
            if isinstance(steps, str):
                self.leave(row, steps)
            else:
                acts += steps
        yield from acts

    def _act(self, ready: ReadyCampagne, row: TableRecord) -> ContactAct | None:
        """What a line says was done; None where it says nothing, or is left aside."""
        words = folded(row["resultat"]) or folded(row["etat"])
        address = "" if folded(row["agent"]) in NOBODY else row["agent"]
        if words in NOTHING and not address:
            return None
        result = TAKEN if words in NOTHING else RESULTS.get(words)
        at, until = moment(row["date"]), moment(row["jusqu_au"]) if words in UNTIL_A_DAY else None
        author = self.signatories.signing(address)
        why = _undated(ready, at) or _unpostponed(at, until, asked=words in UNTIL_A_DAY)
        if author is None:
            why = f"{address} n'a pas de compte : donnez --for-unknown." if address else "Aucun agent sur cette ligne."
        if result is None:
            why = f"Résultat « {row['resultat'] or row['etat']} » inconnu."
        if why or result is None or author is None or at is None:
            self.leave(row, why)
            return None
        note = noted_by(address, author, plain(row["note"]))
        return ContactAct(
            kind=result[0],
            author=author.pk,
            who=author.signature,
            at=at,
            outcome=result[1],
            until=timezone.localdate(until) if until else None,
            note=read_by_all(note, LONGEST_NOTE, partial(self.leave, row)),
        )


def _undated(ready: ReadyCampagne, at: datetime | None) -> str:
    """Why the moment of an act is not one of its campagne; empty where it is."""
    if at is None:
        return "Aucune date lisible : quand l'entreprise a-t-elle été prise ou appelée ?"
    day = timezone.localdate(at)
    if at > timezone.now():
        return "Date à venir."
    if day < ready.opened_on:
        return "Avant l'ouverture de la campagne."
    return "Après la clôture de la campagne." if ready.closed_on and day > ready.closed_on else ""


def _unpostponed(at: datetime | None, until: datetime | None, *, asked: bool) -> str:
    """Why a company is not put off to a day; empty where it is, or where no day is asked for."""
    if asked and until is None:
        return "« Reportée » sans le jour où l'entreprise est de nouveau à contacter."
    return "Le report finit avant de commencer." if at and until and until <= at else ""


def _steps(standing: CallStanding, act: ContactAct) -> list[ContactAct] | str:
    """An act, after the taking that it needs, or why it may not follow what was done."""
    if allows(standing, act.kind, act.author):
        return [act]
    if standing.free or standing.act is None:
        return [ContactAct(ActKind.TAKE, act.author, act.who, act.at), act]
    did = "a pris l'entreprise" if standing.status is Status.PRISE else "a noté un résultat"
    day = day_label(timezone.localdate(standing.act.at))
    return f"{standing.act.who} {did} le {day} : cette ligne ne peut pas suivre."
