# ruff: noqa: E501 (a row of a table stays on one line)
"""A filing delivered several times counts once, whole or in part (open-data §2.9)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.tables.accounts.cells import ACCOUNT_CELLS
from signaux_faibles.tables.accounts.delivered_again import last_delivered

CASES = [
    case(
        "the last delivery counts; another number, day, type or closing is another filing",
        cells="""
            siren | date_cloture | type_bilan | code_greffe | num_depot | known_at   | lignes | batch | line
            X     | 2019-12-31   | C          | 7501        | 1         | 2020-06-01 | 9      | 2007  | 1
            X     | 2019-12-31   | C          | 7501        | 1         | 2020-06-01 | 9      | 2010  | 1
            X     | 2019-12-31   | C          | 7501        | 2         | 2020-06-01 | 9      | 2007  | 2
            X     | 2019-12-31   | S          | 7501        | 1         | 2020-06-01 | 9      | 2007  | 3
            X     | 2019-12-31   | C          |             |           | 2020-06-01 | 9      | 2007  | 4
            X     | 2019-12-31   | C          |             |           | 2020-06-02 | 9      | 2007  | 5
        """,
        expected="""
            siren | type_bilan | known_at   | num_depot | batch | line
            X     | C          | 2020-06-01 |           | 2007  | 4
            X     | C          | 2020-06-01 | 1         | 2010  | 1
            X     | C          | 2020-06-01 | 2         | 2007  | 2
            X     | C          | 2020-06-02 |           | 2007  | 5
            X     | S          | 2020-06-01 | 1         | 2007  | 3
        """,
    ),
    case(
        "ten lines after two: the ranks are numbers",
        cells="""
            siren | num_depot | lignes | batch | file | line
            X     | 1         | 9      | 2007  | f    | 2
            X     | 1         | 9      | 2007  | f    | 10
        """,
        expected="""
            siren | line
            X     | 10
        """,
    ),
    case(
        "a part that is absent says nothing: neither a page, nor the whole liasse",
        cells="""
            siren | num_depot | confidentialite | lignes | normal_page_01 | normal_page_02 | normal_page_03 | batch | line
            X     | 1         | 0               | 90     | true           | true           | true           | 2007  | 1
            X     | 1         | 0               | 0      | false          | false          | false          | 2010  | 1
            Y     | 1         | 0               | 90     | true           | true           | true           | 2007  | 2
            Y     | 1         |                 | 40     | true           | true           | false          | 2010  | 2
            Z     | 1         | 0               | 40     | true           | true           | false          | 2007  | 3
            Z     | 1         | 0               | 90     | true           | true           | true           | 2010  | 3
        """,
        expected="""
            siren | lignes | batch
            X     | 90     | 2007
            Y     | 90     | 2007
            Z     | 90     | 2010
        """,
    ),
    case(
        "what the company withholds by its last delivery is withheld, whatever was delivered before; and the other way",
        cells="""
            siren | num_depot | confidentialite | lignes | normal_page_01 | normal_page_03 | batch | line
            X     | 1         | 0               | 90     | true           | true           | 2007  | 1
            X     | 1         | 1               | 0      | false          | false          | 2010  | 1
            Y     | 1         | 0               | 90     | true           | true           | 2007  | 2
            Y     | 1         | 2               | 40     | true           | false          | 2010  | 2
            Z     | 1         | 1               | 0      | false          | false          | 2007  | 3
            Z     | 1         | 0               | 90     | true           | true           | 2010  | 3
        """,
        expected="""
            siren | confidentialite | lignes | batch
            X     | 1               | 0      | 2010
            Y     | 2               | 40     | 2010
            Z     | 0               | 90     | 2010
        """,
    ),
]


@on_every_engine
def test_the_delivery_that_counts(engine):
    check(engine, last_delivered, CASES, inputs={"cells": ACCOUNT_CELLS}, output=ACCOUNT_CELLS)
