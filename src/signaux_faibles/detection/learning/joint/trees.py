"""The trees of a booster as text: that of LightGBM, reduced to what predicts and explains, in one form only.

The reader of LightGBM trusts what it is given: sizes, columns, children. A text that somebody changed could crash the
whole process, so LightGBM is only given texts that are, to the character, what this module would write.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from signaux_faibles.detection.errors import DamagedModel

Tree = dict[str, list[str]]

ALL_KNOWN = "inf"
"""The threshold of a node that only separates known values from unknown ones."""
WRITTEN = r"-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?"


def _line_of(number: str) -> re.Pattern[str]:
    """One number or more: a line is matched two and a half times as fast as its numbers one by one."""
    return re.compile(f"{number}(?: {number})*")


INTEGER = _line_of(r"-?[0-9]{1,9}")
"""More digits than nine would not fit in the integers of LightGBM."""
REAL, BOUND = _line_of(WRITTEN), _line_of(f"(?:{ALL_KNOWN}|{WRITTEN})")
OF_NODES = {"split_feature": INTEGER, "split_gain": REAL, "threshold": BOUND, "decision_type": INTEGER,
            "left_child": INTEGER, "right_child": INTEGER}  # fmt: skip
OF_LEAVES = {"leaf_value": REAL, "leaf_weight": REAL, "leaf_count": INTEGER}
INSIDE = {"internal_value": REAL, "internal_weight": REAL, "internal_count": INTEGER}
DECISIONS = ("0", "2", "4", "6", "8", "10")
"""Decisions on a number: bit 1 sends the unknown left, 2 and 3 say what is unknown; bit 0 would be for categories."""
FEWEST_LEAVES, MOST_LEAVES = 2, 1_000
END = "end of trees\n"


def trees_text(text: str, columns: int) -> str:
    """The one text that we give to the trees of a text of LightGBM, over a number of columns.

    Raises:
        DamagedModel: it is truncated, leads nowhere, or holds what is no number.
    """
    body, end, _ = text.partition(END)
    parts = re.split(r"(?m)^Tree=[0-9]+\n", body)
    if not text.startswith("tree\n") or not end or len(parts) < FEWEST_LEAVES:
        raise DamagedModel("un boosting est tronqué, ou n'est pas au format de LightGBM")
    trees = [f"Tree={rank}\n{_tree(part, columns)}\n\n" for rank, part in enumerate(parts[1:])]
    head = (
        "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0",
        f"max_feature_idx={columns - 1}", "objective=binary sigmoid:1",
        f"feature_names={' '.join(f'Column_{one}' for one in range(columns))}",
        f"feature_infos={' '.join(['none'] * columns)}", f"tree_sizes={' '.join(str(len(tree)) for tree in trees)}",
    )  # fmt: skip
    return "\n".join(head) + "\n\n" + "".join(trees) + END


def check_trees(text: str, columns: int) -> None:
    """Refuse a text that is not, to the character, one that `trees_text` gives.

    Raises:
        DamagedModel: it is not.
    """
    if trees_text(text, columns) != text:
        raise DamagedModel("un boosting n'est pas écrit comme il doit l'être")


def _tree(text: str, columns: int) -> str:
    keys = dict(line.split("=", 1) for line in text.split("\n") if "=" in line)
    leaves = int(_values(keys, "num_leaves", INTEGER, 1)[0])
    if not 1 <= leaves <= MOST_LEAVES or keys.get("num_cat") != "0" or keys.get("is_linear", "0") != "0":
        raise DamagedModel("un arbre n'est pas de la sorte attendue")
    if leaves == 1:
        (value,) = _values(keys, "leaf_value", REAL, 1)
        return f"num_leaves=1\nnum_cat=0\nleaf_value={value}\nis_linear=0\nshrinkage=1\n"
    tree = {
        name: _values(keys, name, kind, count)
        for names, count in ((OF_NODES, leaves - 1), (OF_LEAVES, leaves), (INSIDE, leaves - 1))
        for name, kind in names.items()
    }
    _check(tree, leaves, columns)
    lines = (f"{name}={' '.join(values)}" for name, values in tree.items())
    return f"num_leaves={leaves}\nnum_cat=0\n" + "\n".join(lines) + "\nis_linear=0\nshrinkage=1\n"


def _check(tree: Tree, leaves: int, columns: int) -> None:
    if any(not 0 <= int(column) < columns for column in tree["split_feature"]):
        raise DamagedModel("un arbre lit une colonne qui n'existe pas")
    if not set(tree["decision_type"]) <= set(DECISIONS):
        raise DamagedModel("un arbre ne décide pas sur des nombres")
    if any(int(count) <= 0 for name in ("leaf_count", "internal_count") for count in tree[name]):
        raise DamagedModel("un arbre a une branche sans ligne")
    left, right = ([int(child) for child in tree[name]] for name in ("left_child", "right_child"))
    if sorted((*left, *right)) != sorted((*range(1, leaves - 1), *range(-leaves, 0))):
        raise DamagedModel("un arbre n'en est pas un")
    if len(set(_reached(left, right))) != leaves - 1:
        raise DamagedModel("un arbre tourne en rond")


def _reached(left: list[int], right: list[int]) -> Iterator[int]:
    """The nodes that the first one leads to; as each is the child of one other, none is met twice."""
    ahead = [0]
    while ahead:
        node = ahead.pop()
        yield node
        ahead += [child for child in (left[node], right[node]) if child >= 0]


def _values(keys: dict[str, str], name: str, kind: re.Pattern[str], count: int) -> list[str]:
    line = keys.get(name, "")
    values = line.split(" ")
    if len(values) != count:
        raise DamagedModel(f"« {name} » d'un boosting n'a pas {count} valeurs")
    if not kind.fullmatch(line) or not all(math.isfinite(float(value)) for value in values if value != ALL_KNOWN):
        raise DamagedModel(f"« {name} » d'un boosting n'est pas fait de nombres")
    return values
