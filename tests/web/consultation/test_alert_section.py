"""The sentences of the detection on a page, recomputed from the reasons and the class that they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.archived.reasons import AlertReason
from signaux_faibles.snapshot.served.lists import ListEntry
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.alert_section import SENTENCES, AlertSection, sentence
from signaux_faibles.web.consultation.explanation import explain
from signaux_faibles.web.rights.decide import Reason
from signaux_faibles.web.rights.verdict import Verdict

Session = Callable[[str], Client]
OPEN = Verdict(True, Reason.IN_ZONE)


def reason(label: str, contribution: float, median: str | None = None) -> AlertReason:
    return AlertReason("Thème", label, "42 %", median, "Urssaf", Family.OPEN, date(2026, 10, 1), contribution)


SAID = {
    "raises": (
        reason("Dette", 0.9, "0 %"),
        "Dette : 42 %, contre 0 % en médiane dans son secteur. Augmente nettement le risque.",
    ),
    "without a median": (reason("Dette", 0.1), "Dette : 42 %. Augmente légèrement le risque."),
    "lowers": (reason("Âge", -3.0), "Âge : 42 %. Réduit fortement le risque."),
}


@pytest.mark.parametrize(("one", "words"), SAID.values(), ids=SAID)
def test_a_reason_in_a_sentence(one: AlertReason, words: str) -> None:
    assert sentence(one) == words


@given(st.lists(st.floats(-3, 3), max_size=8))
def test_the_sentences_are_the_heaviest_reasons_that_raise_the_risk(effects: list[float]) -> None:
    reasons = [reason(f"Donnée {rank}", one) for rank, one in enumerate(effects)]
    section = AlertSection(OPEN, explanation=explain(reasons, lambda _: True))
    raising = sorted(
        (one for one in reasons if one.contribution >= 1e-9), key=lambda one: (-one.contribution, one.label)
    )
    assert section.sentences == tuple(map(sentence, raising[:SENTENCES]))


CLASSES = {(0.25, 68): 17, (0.4559, 68): 31, (0.0, 10): 0, (None, 10): 0, (0.5, None): 0}


@pytest.mark.parametrize(("known", "failed"), CLASSES.items())
def test_the_failures_of_a_class_are_its_frequency_times_its_companies(
    known: tuple[float | None, int | None], failed: int
) -> None:
    section = AlertSection(OPEN, entry=ListEntry(Level.HIGH, None, *known))
    assert section.class_failed == failed
    assert section.class_known is all(one is not None for one in known)


def test_an_imported_reason_makes_no_sentence() -> None:
    section = AlertSection(OPEN, explanation=explain([replace(reason("Dette", 2.0), measured=False)], lambda _: True))
    assert section.sentences == ()


def test_the_counts_of_a_list_are_those_of_its_rows(signed_in: Session) -> None:
    page = signed_in("CRP de la zone").get("/listes").content.decode().replace("\n", " ")
    levels = [page.count(f">{words}</") for words in ("Alerte élevée", "Alerte modérée")]
    assert page.count("data-row") == sum(levels) == 4
    assert "4 entreprises en alerte :   2 élevées, 2 modérées" in page


def test_the_count_of_a_search_is_that_of_its_results(signed_in: Session) -> None:
    page = signed_in("CRP de la zone").get("/recherche?q=limoges").content.decode()
    results = page.count('<li class="sf-result">')
    assert f">{results} entreprises trouvées<" in page
