"""The text of a booster is checked before LightGBM, which would believe it, reads it."""

from __future__ import annotations

import re

import lightgbm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from harness.examples import tried
from signaux_faibles.detection.errors import DamagedModel
from signaux_faibles.detection.learning.joint.boosting import fit_boosting
from signaux_faibles.detection.learning.joint.trees import check_trees, trees_text

ROWS, COLUMNS = 900, 3


def fitted(senses: tuple[int, ...] = ()) -> str:
    chance = np.random.default_rng(0)
    columns = chance.random((ROWS, COLUMNS))
    columns[::7, 1] = np.nan
    outcome = chance.random(ROWS) < 0.1 + 0.3 * (columns[:, 0] > 0.5)
    return fit_boosting(columns, outcome, 1, senses).texts[0]


TEXT = fitted()


def test_what_is_kept_is_believed_and_is_what_lightgbm_reads() -> None:
    for text in (TEXT, fitted((1, -1, 0))):
        check_trees(text, COLUMNS)
        assert trees_text(lightgbm.Booster(model_str=text).model_to_string(), COLUMNS) == text


def test_trees_of_one_leaf_are_kept() -> None:
    """Nothing can be learned from columns that never vary."""
    columns, outcome = np.zeros((200, COLUMNS)), np.arange(200) % 4 == 0
    boosting = fit_boosting(columns, outcome, 1)
    check_trees(boosting.texts[0], COLUMNS)
    np.testing.assert_allclose(expit(boosting.margin(columns)), 0.25)


FORGED = [
    ("another count of columns", r"max_feature_idx=2", "max_feature_idx=9", "écrit"),
    ("another version", r"version=v4", "version=v9", "écrit"),
    ("a tree longer than the text", r"tree_sizes=\d+", "tree_sizes=99999999", "écrit"),
    ("sizes given twice", r"tree_sizes=", "tree_sizes=1\ntree_sizes=", "écrit"),
    ("a line that LightGBM would read", r"num_cat=0", "num_cat=0\nother=1", "écrit"),
    ("a blank line too many", r"shrinkage=1\n", "shrinkage=1\n\n", "écrit"),
    ("a column that does not exist", r"split_feature=\d+", "split_feature=4000", "n'existe pas"),
    ("a number that is none", r"leaf_value=\S+", "leaf_value=nan", "nombres"),
    ("a value that is infinite", r"leaf_value=\S+", "leaf_value=inf", "nombres"),
    ("a number too large", r"leaf_value=\S+", "leaf_value=1e999", "nombres"),
    ("a word for a number", r"threshold=\S+", "threshold=high", "nombres"),
    ("a word for an integer", r"split_feature=\S+", "split_feature=--2", "nombres"),
    ("an integer too large", r"leaf_count=\S+", "leaf_count=99999999999", "nombres"),
    ("a node that is its own child", r"left_child=\S+", "left_child=0", "n'en est pas un"),
    ("a child that does not exist", r"left_child=\S+", "left_child=500", "n'en est pas un"),
    ("more leaves than are there", r"num_leaves=\d+", "num_leaves=900", "valeurs"),
    ("leaves without end", r"num_leaves=\d+", "num_leaves=900000000", "sorte"),
    ("no leaf", r"num_leaves=\d+", "num_leaves=0", "sorte"),
    ("categories", r"num_cat=0", "num_cat=2", "sorte"),
    ("a decision on a category", r"decision_type=\d+", "decision_type=1", "décide"),
    ("a branch without rows", r"leaf_count=\d+", "leaf_count=0", "sans ligne"),
    ("regressions in leaves", r"is_linear=0", "is_linear=1", "sorte"),
    ("no tree", r"(?s)Tree=0.*end of trees", "end of trees", "tronqué"),
]


@pytest.mark.parametrize(("found", "put", "said"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
def test_a_forged_booster_is_refused(found: str, put: str, said: str) -> None:
    forged = re.sub(found, put, TEXT, count=1)
    assert forged != TEXT
    with pytest.raises(DamagedModel, match=said):
        check_trees(forged, COLUMNS)


def test_two_nodes_that_only_lead_to_each_other_are_refused() -> None:
    """Each is the child of one, as in a tree, and LightGBM would never leave them."""
    tree = (
        "Tree=0\nnum_leaves=4\nnum_cat=0\nsplit_feature=0 0 0\nsplit_gain=1 1 1\nthreshold=1 1 1\n"
        "decision_type=2 2 2\nleft_child=-1 2 1\nright_child=-2 -3 -4\nleaf_value=0 0 0 0\nleaf_weight=1 1 1 1\n"
        "leaf_count=1 1 1 1\ninternal_value=0 0 0\ninternal_weight=1 1 1\ninternal_count=4 3 2\n\n\n"
    )
    with pytest.raises(DamagedModel, match="tourne en rond"):
        trees_text(f"tree\n\n{tree}end of trees\n", COLUMNS)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.9])
def test_a_truncated_booster_is_refused(share: float) -> None:
    with pytest.raises(DamagedModel):
        check_trees(TEXT[: int(share * len(TEXT))], COLUMNS)


@tried(300)
@given(st.lists(st.tuples(st.integers(0, 4_000), st.sampled_from("0123456789-. \n=eT")), min_size=1, max_size=3))
def test_what_passes_is_read_and_gives_numbers(changes: list[tuple[int, str]]) -> None:
    """Whatever a few characters become: refused before LightGBM, which would crash, or harmless."""
    text = list(TEXT)
    for at, character in changes:
        text[at] = character
    try:
        check_trees("".join(text), COLUMNS)
    except DamagedModel:
        return
    booster = lightgbm.Booster(model_str="".join(text))
    rows = np.array([[0.1, 0.2, 0.3], [np.nan, np.nan, np.nan], [0.9, np.nan, 0.4]])
    assert np.isfinite(booster.predict(rows, raw_score=True)).all()
    assert np.isfinite(booster.predict(rows, pred_contrib=True)).all()
