"""A variable is unknown as often in the month scored as in the months learned from, or says why."""

import numpy as np

from detection.invented_columns import ROWS, panel_columns
from signaux_faibles.detection.features.presence import REASONS, TOLERANCE, UNEXPLAINED, unlike_absences
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import PAYDEX, SECTION


def with_unknown(name: str, share: float) -> PanelRows:
    columns = panel_columns()
    values = columns[name].copy()
    values[: round(share * ROWS)] = None if name == SECTION else np.nan
    return PanelRows(panel_columns(**{name: values}))


def test_the_same_shares_need_no_reason() -> None:
    assert unlike_absences(with_unknown("age_entreprise", 0.2), with_unknown("age_entreprise", 0.2 + TOLERANCE)) == []


def test_a_source_that_is_lost_has_a_name_and_a_reason() -> None:
    (found,) = unlike_absences(with_unknown("paydex", 0.3), with_unknown("paydex", 1.0))
    assert (found.variable, found.learned, found.scored) == ("paydex", 0.3, 1.0)
    assert found.reason == REASONS[PAYDEX]


def test_an_absence_in_the_past_counts_as_one_of_today_and_needs_a_reason() -> None:
    for name in ("age_entreprise", SECTION):
        (found,) = unlike_absences(with_unknown(name, 0.5), with_unknown(name, 0.0))
        assert (found.variable, found.reason) == (name, UNEXPLAINED)
