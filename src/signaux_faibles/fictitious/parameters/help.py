"""How agents help companies in each world: whom they choose, what it changes, what they write down."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.fictitious.months import month


@dataclass(frozen=True)
class Help:
    """The help of agents: companies of ten employees or more, three years old, in bonis, each once at most.

    Attributes:
        since: first month of help.
        a_month: share of the eligible companies helped in a month.
        on_data: weight, in the logarithm of the chance of being helped, of what the data hold: months unpaid and fall
            of the headcount, as known at that month.
        on_hidden: the same for what they do not hold: agents prefer the companies that will do better.
        ratio: what the help leaves of the monthly risk of failure; recoveries are as much more frequent.
        months: how long it lasts.
        logged: share of the help that is written down.
        neighbour: the same as `ratio` for one company of the same sector, touched by the help of another.
        taken_over: share of the liquidations after a help whose business goes on under another siren.
        taken_over_alone: the same without help.
    """

    since: int = month(2019, 4)  # the service opened to the whole country
    a_month: float = 0.0003  # 700 accompagnements a half-year for 350,000 companies [S: service-impact-law §3.4]
    on_data: float = 1.8
    on_hidden: float = 0.0
    ratio: float = 1.0
    months: int = 24
    logged: float = 1.0
    neighbour: float = 1.0
    taken_over: float = 0.0
    taken_over_alone: float = 0.0

    @property
    def changes_lives(self) -> bool:
        """Whether somebody's life depends on the help."""
        return self.ratio != 1.0 or self.neighbour != 1.0

    @property
    def has_takeovers(self) -> bool:
        """Whether businesses go on under another siren."""
        return self.taken_over > 0 or self.taken_over_alone > 0
