"""What a report says about the published lists: what each promised, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.chain.report.page import Section
from signaux_faibles.detection.lists.promise import PromiseVerdict
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.archived.promises import aftermath, outcome_sentences, promise_sentences, verdict_of
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import NoSnapshot, Shelf

TITLE = "Listes publiées"


@dataclass(frozen=True)
class ListFacts:
    """A published list: what it says of its promise, what became of its alerts, and whether the promise is broken."""

    label: str
    promise: tuple[str, ...]
    outcome: tuple[str, ...]
    broken: bool


def list_facts(home: Home) -> tuple[ListFacts, ...]:
    """The published lists, latest first, judged by the procedures of the published snapshot; none without one."""
    lists = published_lists(home)
    if not lists:
        return ()
    try:
        with Shelf(home).pinned() as snapshot:
            aftermaths = [(one, aftermath(snapshot, one)) for one in lists]
    except NoSnapshot:
        return ()
    return tuple(
        ListFacts(
            one.label,
            promise_sentences(one, lists[0], result),
            tuple(outcome_sentences(result)),
            _is_broken(verdict_of(one, result)),
        )
        for one, result in aftermaths
    )


def _is_broken(result: PromiseVerdict | None) -> bool:
    return result is not None and result.broken


def promises_section(facts: tuple[ListFacts, ...]) -> Section:
    """What each list promised, and what became of its alerts."""
    sentences = [f"{one.label}. {sentence}" for one in facts for sentence in (*one.promise, *one.outcome)]
    return Section(TITLE, tuple(sentences), detail=not any(one.broken for one in facts))


def broken(facts: tuple[ListFacts, ...]) -> list[str]:
    """The promises that are broken, to be seen first."""
    return [f"Liste {one.label} : {one.promise[-1]}" for one in facts if one.broken]
