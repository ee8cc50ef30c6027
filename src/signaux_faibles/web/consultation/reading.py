"""Who reads a page about a company: the agent, what ties companies to them, and the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.decide import ReadingVerdict, decide, unlock_would_open
from signaux_faibles.web.rights.exports import decide_export
from signaux_faibles.web.unlocking.unlock import TiesOf, ties_of


@dataclass(frozen=True)
class Reader:
    """A reader; `author` is who the journal names, `in_a_file` whether what they read leaves in a file.

    `ties` gives what ties a company to the agent.
    """

    account: Account
    agent: Agent
    ties: TiesOf
    today: date
    author: Author
    in_a_file: bool = False

    @classmethod
    def of(cls, request: AgentRequest, *, in_a_file: bool = False) -> Reader:
        """The reader of a request."""
        day = today()
        ties = ties_of(request.user, request.agent.zone, day)
        return cls(request.user, request.agent, ties, day, Author.of(request.user, request), in_a_file)

    def asking(self, siren: str, active_departments: frozenset[str]) -> Callable[[Family], ReadingVerdict]:
        """What `decide` answers about each family of a company; in a file, what `decide_export` does."""
        ties = self.ties(siren, active_departments)
        judge = decide_export if self.in_a_file else decide
        return lambda family: judge(self.agent, ties, family, self.today)

    def would_unlock(self, siren: str, active_departments: frozenset[str]) -> tuple[Family, ...]:
        """The families of a company that an unlock would open."""
        return unlock_would_open(self.agent, self.ties(siren, active_departments), self.today)
