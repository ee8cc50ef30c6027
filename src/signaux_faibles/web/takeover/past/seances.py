"""Past séances of CODEFI, from the file of their decisions: the application in service keeps none (application §15.5).

One line for each decision of a company, or for a company about which nothing was decided (docs/actions.md). What was
decided then is written as it was said: it changes no follow-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accompagnements.states import Outcome
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import LONGEST_DECISION, LONGEST_TITLE, Seance
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.past.lines import Held, Naming, PastFile, noted_by, read_by_all
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import TableRecord

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
NAMING = Naming("date", TITLE, LONGEST_TITLE, "Séance à venir : préparez-la dans l'application.", OTHER_NAMES)


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


class SeancesFile(PastFile[ReadySeance]):
    """A file of past séances; one of the same department, day and title as ours is not taken over again."""

    naming = NAMING

    def existing(self) -> Iterable[Held]:
        """The séances that our database holds."""
        return Seance.objects.values_list("departement", "on", "title")

    def ready(self, departement: str, on: date, title: str, rows: Sequence[TableRecord]) -> ReadySeance | str:
        """A séance that can be written, or why it is left aside."""
        author = self.signatories.first_of([row["auteur"] for row in rows])
        if author is None:
            return "Aucun auteur de cette séance n'a de compte."
        seance = ReadySeance(departement, on, title, author)
        self._members(seance, rows)
        for row in rows:
            self._company(seance, row)
        return seance

    def _members(self, ready: ReadySeance, rows: Sequence[TableRecord]) -> None:
        named = [one for row in rows for one in _ADDRESSES.split(row["membres"].lower()) if one]
        for address in dict.fromkeys(named):
            member = self.signatories.known(address)
            if member is not None:
                ready.members.append(member)
            else:
                self.leave(rows[0], f"{address} n'a pas de compte : la séance est reprise sans ce membre.")

    def _company(self, ready: ReadySeance, row: TableRecord) -> None:
        siret = siret_of(row["siret"])
        if siret is None or siret not in self.sites:
            self.leave(row, f"« {row['siret']} » n'est pas un siret du répertoire.")
            return
        decisions = ready.companies.setdefault(siret, [])
        if not row["decision"]:
            return
        decision = self._decision(ready, row)
        if isinstance(decision, str):
            self.leave(row, decision)
        else:
            decisions.append(decision)

    def _decision(self, ready: ReadySeance, row: TableRecord) -> ReadyDecision | str:
        """A decision, or why it is left aside."""
        words = folded(row["decision"])
        kind = next((one for begins, one in KINDS if words.startswith(begins)), None)
        if kind is None:
            return f"Décision « {row['decision']} » inconnue."
        address = row["auteur"] or ready.author.email
        author = self.signatories.signing(address)
        if author is None:
            return f"{address} n'a pas de compte : donnez --for-unknown."
        again = moment(row["revoir_le"])
        entrusted = self.signatories.known(row["confie_a"])
        complete = {
            DecisionKind.CONFIER: entrusted is not None,
            DecisionKind.REORIENTER: bool(row["reorientation"]),
            DecisionKind.REVOIR: again is not None,
        }
        if not complete.get(kind, True):
            return NEEDS[kind]
        outcome = _OUTCOMES.get(folded(row["issue"]))
        if row["issue"] and outcome is None:
            self.leave(row, f"Issue « {row['issue']} » inconnue : la décision est reprise sans elle.")
        readable_text = partial(read_by_all, leave=partial(self.leave, row))
        return ReadyDecision(
            kind=kind,
            author=author,
            at=moment(ready.on.isoformat()) or timezone.now(),
            text=readable_text(noted_by(address, author, plain(row["texte"])), LONGEST_DECISION),
            revoir_le=timezone.localdate(again) if again and kind is DecisionKind.REVOIR else None,
            entrusted_to=entrusted if kind is DecisionKind.CONFIER else None,
            redirection=readable_text(row["reorientation"], LONGEST_TITLE) if kind is DecisionKind.REORIENTER else "",
            outcome=outcome if kind is DecisionKind.CLASSER else None,
        )
