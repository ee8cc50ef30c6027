"""Expert signals: facts that an analyst looks at first, beside the level of alert, which they never move.

Each has its date, its definition, its source, the family of its source, and what became of the companies that had it
(`detection/lists/signals.py`), where the card of the latest list says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.detection.lists.signals import LONG_MONTHS, MARGIN, WATCHED_MONTHS, Signal
from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.served.accounts import Exercice
from signaux_faibles.snapshot.served.filing import ExerciceFiling
from signaux_faibles.snapshot.served.plans import PlanMonth
from signaux_faibles.snapshot.served.short_time import ShortTimeMonth
from signaux_faibles.sources.families import Family
from signaux_faibles.tables.filing.delays import LATE, MISSING
from signaux_faibles.web.consultation.accounts.years import closed_on
from signaux_faibles.web.consultation.debt_section import DebtSection
from signaux_faibles.wording.french import counted, day_label, euros, month_label, number, rounded_euros

HALF = 2
"""A company whose equity falls under half of its capital must decide whether it goes on (Code de commerce L225-248)."""
FEWEST = 20
"""Fewest companies with a signal for what became of them to measure anything."""


@dataclass(frozen=True)
class ExpertSignal:
    """A signal: its name, what is seen, when, what it means, who delivers it, and the family that opens it."""

    signal: Signal
    title: str
    sentence: str
    on: date
    definition: str
    source: str
    family: Family


def expert_signals(
    *,
    exercices: Sequence[Exercice],
    as_of: date,
    filings: Sequence[ExerciceFiling],
    debts: DebtSection,
    plans: Mapping[date, PlanMonth],
    plans_until: date | None,
    short_time: Mapping[date, ShortTimeMonth],
    short_time_until: date | None,
    may_read: Callable[[Family], bool],
) -> tuple[ExpertSignal, ...]:
    """The signals that the data show, among those that the agent may read."""
    signals = (
        *equity_signals(exercices, as_of),
        *filing_signals(filings),
        *employee_share_signals(debts),
        *plan_signals(plans, plans_until),
        *short_time_signals(short_time, short_time_until),
    )
    return tuple(one for one in signals if may_read(one.family))


def precision(signal: Signal, measures: Mapping[str, Any]) -> str:
    """What became of the companies that had a signal, in a sentence.

    Args:
        measures: those of the card of a list (`signals.measured`); empty for an early or an imported list.
    """
    measure = measures.get(signal.value)
    if measure is None:
        return "Précision non mesurée."
    month, everybody = month_label(date.fromisoformat(measures["month"])), measures["all"]
    if measure["companies"] < FEWEST:
        return f"Précision non mesurée : trop peu d’entreprises l’avaient en {month}."
    failed = counted(measure["events"], "avait connu", "avaient connu")
    had = f"Des {number(measure['companies'])} entreprises évaluées qui l’avaient en {month}"
    usual = f"{number(everybody['events'])} des {number(everybody['companies'])} évaluées"
    return f"{had}, {failed} une procédure collective dans les 18 mois ; toutes ensemble, {usual}."


def equity_signals(exercices: Sequence[Exercice], as_of: date) -> Iterator[ExpertSignal]:
    """Own funds below zero, or below half of the capital, at the last exercice that gives them; latest first."""
    with_equity = [one for one in exercices if one.typed and one.amounts["capitaux_propres"].corrected is not None]
    if not with_equity:
        return
    equity, capital = (with_equity[0].amounts[name].corrected for name in ("capitaux_propres", "capital_social"))
    closing = closed_on(with_equity[0].closing, as_of)
    if equity is not None and equity < 0:
        sentence = f"Capitaux propres de {euros(equity)} {closing}."
        definition = "Les pertes ont absorbé tout ce que les associés avaient apporté ou laissé."
        yield ExpertSignal(
            Signal.NEGATIVE_EQUITY,
            "Capitaux propres négatifs",
            sentence,
            with_equity[0].closing,
            definition,
            "INPI",
            Family.OPEN,
        )
    elif equity is not None and capital is not None and equity * HALF < capital:
        sentence = f"Capitaux propres de {euros(equity)} {closing}, pour un capital de {euros(capital)}."
        title = "Capitaux propres inférieurs à la moitié du capital"
        definition = "Au-dessous de la moitié du capital social, les associés doivent se prononcer sur la poursuite."
        yield ExpertSignal(Signal.LOW_EQUITY, title, sentence, with_equity[0].closing, definition, "INPI", Family.OPEN)


def filing_signals(filings: Sequence[ExerciceFiling]) -> Iterator[ExpertSignal]:
    """The last exercice whose accounts were filed late, or are awaited; nothing where it proves nothing."""
    last = next((one for one in filings if one.state in (LATE, MISSING) and one.days_late), None)
    if last is None or last is not next(one for one in filings if one.days_late is not None):
        return
    late = f"{counted(last.days_late or 0, 'jour', 'jours')} après la date limite"
    state = "non déposés à ce jour," if last.state == MISSING else "déposés"
    sentence = f"Comptes de l’exercice clos le {day_label(last.closing)} {state} {late}."
    definition = "Un délai accordé par le tribunal n’est pas connu ici : à vérifier auprès du greffe."
    yield ExpertSignal(
        Signal.LATE_FILING, "Comptes déposés en retard", sentence, last.deadline, definition, "INPI", Family.OPEN
    )


def employee_share_signals(debts: DebtSection) -> Iterator[ExpertSignal]:
    """A part salariale that is owed."""
    since, day = debts.employee_unpaid_words, debts.last_day
    if not since or day is None:
        return
    sentence = f"{euros(debts.employee)} de part salariale impayés au {day_label(day)}, {since}."
    definition = "Cette part est retenue sur les salaires : ne plus la reverser est un signe de trésorerie à bout."
    yield ExpertSignal(
        Signal.EMPLOYEE_SHARE, "Part salariale impayée", sentence, day, definition, "Urssaf", Family.URSSAF
    )


def plan_signals(plans: Mapping[date, PlanMonth], until: date | None) -> Iterator[ExpertSignal]:
    """A plan in force whose debt is further than a tenth of its amount beyond what should remain."""
    plan = plans.get(until) if until else None
    if plan is None or until is None or plan.amount is None or plan.behind is None:
        return
    if plan.behind * MARGIN <= plan.amount:
        return
    planned = f"{rounded_euros(plan.left or 0)} prévus à l’échéancier"
    sentence = f"Dette de {rounded_euros(plan.debt)} en {month_label(until)}, pour {planned}."
    definition = (
        "La dette des établissements qui ont un délai dépasse le reste prévu, supposé décroître régulièrement, de plus "
        "d’un dixième de l’échéancier ; "
        "une dette nouvelle suffit."
    )
    yield ExpertSignal(Signal.EXCEEDED_PLAN, "Échéancier dépassé", sentence, until, definition, "Urssaf", Family.URSSAF)


def short_time_signals(short_time: Mapping[date, ShortTimeMonth], until: date | None) -> Iterator[ExpertSignal]:
    """Activité partielle consumed in eight of the last twelve months known."""
    if until is None:
        return
    recent = [month for month in short_time if index_of(until) - WATCHED_MONTHS < index_of(month) <= index_of(until)]
    consumed = sum(bool(short_time[month].consumed) for month in recent)
    if consumed < LONG_MONTHS:
        return
    sentence = f"{consumed} mois d’activité partielle sur les {WATCHED_MONTHS} derniers, jusqu’à {month_label(until)}."
    definition = f"Au moins {LONG_MONTHS} mois consommés sur {WATCHED_MONTHS}."
    yield ExpertSignal(
        Signal.SHORT_TIME, "Activité partielle longue", sentence, until, definition, "DGEFP", Family.DGEFP
    )
