# ruff: noqa: E501 (a row of a table stays on one line)
"""The debts of a company month by month: what the source does not describe is unknown, never zero."""

from datetime import date

import narwhals.stable.v2 as nw

from harness.rules import case, check, on_every_engine
from signaux_faibles.panel.debts import debt_features, debts
from signaux_faibles.panel.schema import PANEL_DEBT_FEATURES, PANEL_DEBTS
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.helpers import distinct, spread_months
from signaux_faibles.relations.months import index_of
from signaux_faibles.tables.debts.debit import COMPANY_DEBT_BY_MONTH

FIRST, LAST = date(2019, 12, 1), date(2020, 4, 1)

# One country, whose debts are described from January to March 2020: the file of March was taken over in April.
CASES = [
    case(
        "what is owed after the last month processed is unknown, and the debts say how old they are",
        owed="""
            siren | periode    | part_ouvriere | part_patronale | dette_nouvelle | rembourse | impaye_depuis
            X     | 2020-02-01 | 100           | 200            | 300            | 0         | 2020-01-01
            X     | 2020-03-01 | 100           | 200            | 0              | 0         | 2020-01-01
        """,
        expected="""
            siren | periode    | dette | part_ouvriere | dette_nouvelle_12 | mois_impayes_12 | dette_max_12 | age_dette | dette_anciennete
            X     | 2019-12-01 |       |               |                   |                 |              |           |
            X     | 2020-01-01 | 0     | 0             | 0                 | 0               | 0            |           | 0
            X     | 2020-02-01 | 300   | 100           | 300               | 1               | 300          | 1         | 0
            X     | 2020-03-01 | 300   | 100           | 300               | 2               | 300          | 2         | 0
            X     | 2020-04-01 |       |               |                   |                 |              |           | 1
        """,
    ),
    case(
        "a company that owes nothing is not said to owe nothing in a month that nobody processed",
        owed="""
            siren | periode    | part_ouvriere | part_patronale | dette_nouvelle | rembourse
            X     | 2020-01-01 | 1             | 1              | 2              | 0
            X     | 2020-02-01 | 0             | 0              | 0              | 2
            X     | 2020-03-01 | 0             | 0              | 0              | 0
        """,
        expected="""
            siren | periode    | dette | rembourse_12
            X     | 2019-12-01 |       |
            X     | 2020-01-01 | 2     | 0
            X     | 2020-02-01 | 0     | 2
            X     | 2020-03-01 | 0     | 2
            X     | 2020-04-01 |       |
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_debts_of_each_month(engine):
    calendar = Calendar.between(engine, FIRST, LAST)

    def rule(owed):
        ends = {"start_": nw.lit(index_of(FIRST)), "stop_": nw.lit(index_of(LAST) + 1)}
        starts = owed.select("siren").pipe(distinct).with_columns(**ends)
        spine = spread_months(starts, "start_", "stop_", calendar)
        found = debts(spine, owed, owed)
        assert set(PANEL_DEBTS.names) <= set(found.collect_schema().names())
        return debt_features(found)

    check(engine, rule, CASES, inputs={"owed": COMPANY_DEBT_BY_MONTH}, output=PANEL_DEBT_FEATURES)
