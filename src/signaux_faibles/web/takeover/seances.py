"""Past séances of CODEFI, from the file of their decisions: the application in service keeps none (application §15.5).

One line for each decision of a company, or for a company about which nothing was decided (docs/actions.md). What was
decided then is written as it was said: it changes no follow-up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.snapshot.served.establishments import sites_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.states import Outcome
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import LONGEST_DECISION, Seance
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import LeftAside
from signaux_faibles.web.takeover.people import agents_by_address
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import Row, read_table
from signaux_faibles.web.territory import department_labels

TITLE = "CODEFI"
OTHER_NAMES = {
    "seance": "date",
    "date_de_la_seance": "date",
    "titre": "intitule",
    "observations": "texte",
    "a_revoir_le": "revoir_le",
    "confiee_a": "confie_a",
    "redirection": "reorientation",
    "redacteur": "auteur",
}
KINDS: tuple[tuple[str, DecisionKind], ...] = (
    ("ouvrir", DecisionKind.OUVRIR),
    ("ouverture", DecisionKind.OUVRIR),
    ("confier", DecisionKind.CONFIER),
    ("reorient", DecisionKind.REORIENTER),
    ("class", DecisionKind.CLASSER),
    ("sans suite", DecisionKind.CLASSER),
    ("revoir", DecisionKind.REVOIR),
    ("a revoir", DecisionKind.REVOIR),
)
"""How each decision begins, in folded words."""
NEEDS = {
    DecisionKind.CONFIER: "« Confier à » sans adresse d'une personne qui a un compte.",
    DecisionKind.REORIENTER: "« Réorienter » sans réorientation.",
    DecisionKind.REVOIR: "« Revoir le » sans date.",
}
_ADDRESSES = re.compile(r"[\s,;|]+")
_OUTCOMES: Mapping[str, Outcome] = {folded(one.value): one for one in Outcome}
Held = tuple[str, date, str]
"""A department, a day, a folded title: what makes a séance."""


@dataclass(frozen=True)
class ReadyDecision:
    """A decision that can be written; `follow_up` is found when it is written."""

    kind: DecisionKind
    author: Account
    at: datetime
    text: str
    revoir_le: date | None = None
    entrusted_to: Account | None = None
    redirection: str = ""
    outcome: Outcome | None = None


@dataclass
class ReadySeance:
    """A séance that can be written: its companies in the order of the file, each with its decisions."""

    departement: str
    on: date
    title: str
    author: Account
    members: list[Account] = field(default_factory=list)
    companies: dict[str, list[ReadyDecision]] = field(default_factory=dict)


@dataclass
class SeancePlan:
    """What an import of séances will do; `already` are those that this department has on that day, under that title."""

    ready: list[ReadySeance] = field(default_factory=list)
    already: int = 0
    left_aside: list[LeftAside] = field(default_factory=list)


def plan_seances(path: Path, snapshot: Snapshot, stand_in: Account | None) -> SeancePlan:
    """The séances that can be written.

    Args:
        stand_in: the account that signs the decisions of people without one; without it they are left aside.
    Raises:
        ExportRefused: the file cannot be read.
    """
    plan = SeancePlan()
    rows = read_table(path, plan.left_aside, required=("departement", "date", "siret"), others=OTHER_NAMES)
    return _Planning(plan, rows, snapshot, stand_in).plan()


class _Planning:
    def __init__(self, plan: SeancePlan, rows: Sequence[Row], snapshot: Snapshot, stand_in: Account | None) -> None:
        self._plan, self._rows, self._stand_in = plan, rows, stand_in
        self._sites = sites_of(snapshot, {siret for row in rows if (siret := siret_of(row["siret"]))})
        self._accounts = agents_by_address()
        self._departements = {folded(label): code for code, label in department_labels().items()}
        self._today = timezone.localdate()
        held = Seance.objects.values_list("departement", "on", "title")
        self._held = {(departement, on, folded(title)) for departement, on, title in held}

    def plan(self) -> SeancePlan:
        """Plan each séance with its lines, in the order of the days."""
        groups: dict[Held, list[Row]] = defaultdict(list)
        for row in self._rows:
            departement, at = self._departement(row["departement"]), moment(row["date"])
            if departement is None or at is None:
                wrong = ("departement", "un département") if departement is None else ("date", "une date")
                self._leave(row, f"« {row[wrong[0]]} » n'est pas {wrong[1]}.")
                continue
            groups[departement, timezone.localdate(at), folded(row["intitule"]) or folded(TITLE)].append(row)
        for key, rows in sorted(groups.items(), key=lambda held: (held[0][1], held[0])):
            if key in self._held:
                self._plan.already += 1
            elif key[1] > self._today:
                self._leave(rows[0], "Séance à venir : préparez-la dans l'application.")
            else:
                self._seance(key, rows)
        return self._plan

    def _seance(self, key: Held, rows: Sequence[Row]) -> None:
        authors = [self._accounts[row["auteur"].lower()] for row in rows if row["auteur"].lower() in self._accounts]
        author = next(iter(authors), self._stand_in)
        if author is None:
            self._leave(rows[0], "Aucun auteur de cette séance n'a de compte.")
            return
        ready = ReadySeance(key[0], key[1], rows[0]["intitule"][:200] or TITLE, author)
        named = [one for row in rows for one in _ADDRESSES.split(row["membres"].lower()) if one]
        for address in dict.fromkeys(named):
            if address in self._accounts:
                ready.members.append(self._accounts[address])
            else:
                self._leave(rows[0], f"{address} n'a pas de compte : la séance est reprise sans ce membre.")
        for row in rows:
            self._company(ready, row)
        if ready.companies:
            self._plan.ready.append(ready)

    def _company(self, ready: ReadySeance, row: Row) -> None:
        siret = siret_of(row["siret"])
        if siret is None or siret not in self._sites:
            self._leave(row, f"« {row['siret']} » n'est pas un siret du répertoire.")
            return
        decisions = ready.companies.setdefault(siret, [])
        if not row["decision"]:
            return
        decision = self._decision(ready, row)
        if isinstance(decision, str):
            self._leave(row, decision)
        else:
            decisions.append(decision)

    def _decision(self, ready: ReadySeance, row: Row) -> ReadyDecision | str:
        """A decision, or why it is left aside."""
        words = folded(row["decision"])
        kind = next((one for begins, one in KINDS if words.startswith(begins)), None)
        if kind is None:
            return f"Décision « {row['decision']} » inconnue."
        address = row["auteur"].lower()
        author = self._accounts.get(address) or (self._stand_in if address else ready.author)
        if author is None:
            return f"{address} n'a pas de compte : donnez --for-unknown."
        again = moment(row["revoir_le"])
        entrusted = self._accounts.get(row["confie_a"].lower())
        given = {
            DecisionKind.CONFIER: entrusted is not None,
            DecisionKind.REORIENTER: bool(row["reorientation"]),
            DecisionKind.REVOIR: again is not None,
        }
        if not given.get(kind, True):
            return NEEDS[kind]
        by = "" if author.email == address or not address else f"(Noté par {address}.) "
        return ReadyDecision(
            kind=kind,
            author=author,
            at=moment(ready.on.isoformat()) or timezone.now(),
            text=(by + plain(row["texte"]))[:LONGEST_DECISION],
            revoir_le=timezone.localdate(again) if again and kind is DecisionKind.REVOIR else None,
            entrusted_to=entrusted if kind is DecisionKind.CONFIER else None,
            redirection=row["reorientation"][:200] if kind is DecisionKind.REORIENTER else "",
            outcome=_OUTCOMES.get(folded(row["issue"])) if kind is DecisionKind.CLASSER else None,
        )

    def _departement(self, text: str) -> str | None:
        """The code of a department, from its code or its name."""
        code = text.strip().upper().zfill(2)
        return code if code in self._departements.values() else self._departements.get(folded(text))

    def _leave(self, row: Row, why: str) -> None:
        self._plan.left_aside.append(LeftAside(row.where, row["siret"], why))
