"""Where the companies of a list are, in the order of the list."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, HEALTHY, MASKED, Invented
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.web.lists.seats import seats_at_risk, seats_in_alert
from signaux_faibles.web.pinning import shelf


@pytest.mark.parametrize(
    ("departements", "at_risk", "in_alert"),
    [
        ({"87"}, [ATELIERS, ELEONORE, MASKED, HEALTHY], [ATELIERS, ELEONORE, MASKED]),
        ({"87", "30"}, [ATELIERS, CEVENOL, ELEONORE, MASKED, HEALTHY], [ATELIERS, CEVENOL, ELEONORE, MASKED]),
        ({"22"}, [], []),
    ],
)
def test_seats(settings: Settings, departements: set[str], at_risk: list[Invented], in_alert: list[Invented]) -> None:
    published = published_lists(settings.SF_HOME)[0]
    with shelf(settings.SF_HOME).pinned() as snapshot:
        found = seats_at_risk(snapshot, published, frozenset(departements))
        alerted = seats_in_alert(snapshot, published, frozenset(departements))
    assert [one.siret[:9] for one in found] == [one.siren for one in at_risk]
    assert [one.siret[:9] for one in alerted] == [one.siren for one in in_alert]
