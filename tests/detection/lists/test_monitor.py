"""Which source moved, and the list without it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from detection.invented_home import WHEN
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, scoring_rows
from signaux_faibles.detection.features.variables import DEBIT, EFFECTIF, SIRENE
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.detection.lists.archive import ArchivedList
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.detection.lists.monitor import SOURCES, Source, SourceState, compared, hidden, without
from signaux_faibles.detection.lists.sources_said import said_of_sources
from signaux_faibles.home.home import Home
from signaux_faibles.relations.months import index_of


@pytest.fixture(scope="module")
def reference(trained: tuple[Home, CandidateModel]) -> PanelRows:
    tables = trained[0].snapshots / "2610-a" / "tables"
    return learning_rows(tables, date(2026, 10, 31), [index_of(date(2024, 12, 1))]).learnable


@pytest.fixture(scope="module")
def rows(trained: tuple[Home, CandidateModel]) -> PanelRows:
    return scoring_rows(trained[0].snapshots / "2610-a" / "tables", date(2026, 10, 1))


def state(states: list[SourceState], name: Source) -> SourceState:
    return next(one for one in states if one.name is name)


def test_a_month_has_not_moved_from_itself(reference: PanelRows) -> None:
    states = compared(reference, reference)
    assert [one.name for one in states] == list(SOURCES)
    assert [(one.moved, one.spread) for one in states] == [(False, 0.0)] * len(states)


def test_a_lost_source_is_named_and_the_others_are_not(reference: PanelRows) -> None:
    states = compared(reference, without(reference, DEBIT))
    assert [one.name for one in states if one.moved] == [Source.DEBITS]
    assert state(states, Source.DEBITS).learned < 0.05
    assert state(states, Source.DEBITS).scored == 1


def test_values_that_are_spread_otherwise_are_named_with_their_variable(reference: PanelRows) -> None:
    """Everybody owes for a year, as when contributions were deferred: nothing is missing, nothing is as it was."""
    deferred = PanelRows({**reference.columns, "mois_impayes_12": np.full(len(reference), 12.0)})
    debits = state(compared(reference, deferred), Source.DEBITS)
    assert debits.moved
    assert debits.variable == "Mois avec part salariale impayée, sur un an"
    assert debits.learned == debits.scored


def test_only_what_a_source_alone_gives_is_hidden(rows: PanelRows) -> None:
    """Debts per employee read the headcount too: hiding the debts must not hide it."""
    blind = without(rows, DEBIT)
    assert np.isnan(blind.columns["part_ouvriere"]).all()
    assert (blind.columns["effectif"] == rows.columns["effectif"]).all()
    assert set(without(rows, SIRENE).columns["naf_section"]) == {None}
    assert without(rows).columns.keys() == rows.columns.keys()
    assert np.isnan(without(rows, EFFECTIF).columns["effectif_evolution_12"]).all()


def test_the_list_without_a_source(trained: tuple[Home, CandidateModel], reference: PanelRows, rows: PanelRows) -> None:
    found = dict(zip(SOURCES, hidden(reference, rows, trained[1].model), strict=True))
    debits, paydex = found[Source.DEBITS], found[Source.PAYDEX]
    assert debits.leaving > 0, "half of the failures come after a year of unpaid contributions"
    assert debits.loss is not None
    assert debits.loss > 0
    assert (paydex.entering, paydex.leaving, paydex.loss) == (0, 0, 0.0), "it was never delivered there"


def test_a_list_may_do_without_a_source_and_says_so(listed_home: Home, drafted: ArchivedList) -> None:
    whole = drafted.card
    blind = build_list(listed_home, **WHEN, hidden=[Source.DEBITS]).card
    assert (whole["hidden"], blind["hidden"]) == ([], ["Urssaf (débits)"])
    assert blind["sources"] == whole["sources"], "the sources are judged whole"
    assert said_of_sources(blind)[0] == "Cette liste se passe d’une source : Urssaf (débits)."
    moved = next(one for one in whole["sources"] if one["name"] == "debits")
    change = whole["counts"]["elevee"] + whole["counts"]["moderee"] + moved["entering"] - moved["leaving"]
    assert blind["counts"]["elevee"] + blind["counts"]["moderee"] == change


LOST = {"name": "paydex", "label": "Altares (Paydex)", "learned": 0.2, "scored": 1.0, "spread": 0.0, "variable": "x",
        "entering": 0, "leaving": 0, "loss": 0.004, "moved": True}  # fmt: skip
SAID = {
    "lost": (
        LOST,
        "inconnue pour 20 % des valeurs dans les mois appris, inconnue ce mois-ci. La liste se fait déjà sans elle.",
    ),
    "always known before": (LOST | {"learned": 0.004}, "toujours connue dans les mois appris, inconnue ce mois-ci."),
    "part of it": (
        LOST | {"scored": 0.6, "entering": 1, "leaving": 12},
        "inconnue pour 60 % des valeurs ce mois-ci. Sans elle, 1 entreprise entrerait en alerte et 12 sortiraient.",
    ),
    "spread otherwise": (LOST | {"scored": 0.2}, "ses valeurs ne sont plus réparties de même (surtout « x »)."),
    "its loss": (
        LOST,
        "L’ordre y perd : sur 1 000 paires d’une entreprise qui a défailli et d’une qui n’a pas défailli, 4 de plus "
        "seraient rangées à l’envers (dernier mois appris).",
    ),
    "one pair": (LOST | {"loss": 0.001}, "1 de plus serait rangée à l’envers"),
    "no loss": (LOST | {"loss": -0.002}, "L’ordre n’y perd rien, sur le dernier mois appris."),
    "none": (LOST | {"moved": False}, "Ses sources sont aussi connues et réparties comme dans les mois appris."),
}


@pytest.mark.parametrize(("source", "words"), SAID.values(), ids=SAID)
def test_a_source_that_moved_is_said(source: dict[str, object], words: str) -> None:
    assert words in " ".join(said_of_sources({"sources": [source]})).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_list_that_does_not_know_says_nothing() -> None:
    assert said_of_sources({}) == ()
