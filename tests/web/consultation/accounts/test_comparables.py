"""The companies nearest to one of them: recounted on the tiny home, and what each agent reads of their level."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, OUTSIDE, URSSAF
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, CLOSED, HEALTHY, IN_PROCEDURE, TOO_SMALL
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served import comparables
from signaux_faibles.snapshot.served.comparables import comparables_of, last_accounts_of
from signaux_faibles.web.consultation.accounts.comparables import FEWEST, Medians
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.pinning import shelf


def test_the_same_section_and_from_half_to_twice_the_headcount_the_department_first(shared_home: Home) -> None:
    with shelf(shared_home).pinned() as snapshot:
        found = comparables_of(snapshot, ATELIERS.siren)
    assert found is not None
    assert (found.activity, found.headcount) == ("C", 48)
    assert [one.siren for one in found.companies] == [IN_PROCEDURE.siren, HEALTHY.siren, BRETONNE.siren]


def test_the_finest_activity_that_is_common_enough(shared_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparables, "SHOWN", 3)
    with shelf(shared_home).pinned() as snapshot:
        found = comparables_of(snapshot, ATELIERS.siren)
    assert found is not None
    assert found.activity == "2562B"
    assert len(found.companies) == 3


def test_no_comparison_out_of_the_perimeter_or_alone_of_its_kind(shared_home: Home) -> None:
    with shelf(shared_home).pinned() as snapshot:
        assert comparables_of(snapshot, TOO_SMALL.siren) is None
        assert comparables_of(snapshot, CLOSED.siren) is None
        alone = comparables_of(snapshot, CEVENOL.siren)
    assert alone is not None
    assert alone.companies == ()


def test_the_last_accounts_of_which_amounts_are_known(shared_home: Home) -> None:
    with shelf(shared_home).pinned() as snapshot:
        found = last_accounts_of(snapshot, [ATELIERS.siren, BRETONNE.siren])
    assert found[ATELIERS.siren].turnover == 4_812_340
    assert found[ATELIERS.siren].net_result == -61_200
    assert found[BRETONNE.siren].turnover == 9_640_500
    assert found[BRETONNE.siren].net_result is None


def test_no_median_of_fewer_than_five_values() -> None:
    assert Medians.of([]).headcount is None
    assert FEWEST == 5


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "levels"), [(CRP, 1), (CODEFI, 1), (URSSAF, 0), (OUTSIDE, 0)])
def test_levels_are_those_of_companies_whose_detection_is_open(
    browser: Callable[[str], Client], kind: str, levels: int
) -> None:
    """Seen from the Cévenol's neighbour of Brittany, only the Ateliers are in alert and in the zone."""
    page = browser(kind).get(f"/entreprises/{BRETONNE.siren}/comparables").content.decode()
    assert ATELIERS.name in page
    assert page.count("Alerte élevée") == levels
    recorded = Entry.objects.filter(subject=f"comparables de {BRETONNE.siren}")
    assert recorded.count() == levels


@pytest.mark.django_db
def test_a_company_of_another_zone_keeps_its_level_to_itself(browser: Callable[[str], Client]) -> None:
    page = browser(CRP).get(f"/entreprises/{ATELIERS.siren}/comparables").content.decode()
    assert BRETONNE.name in page
    assert "Alerte" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("siren", "status", "words"),
    [
        (TOO_SMALL.siren, 200, "hors périmètre"),
        (CEVENOL.siren, 200, "Aucune autre entreprise suivie"),
        ("700000000", 404, "n’est pas dans le répertoire"),
    ],
)
def test_a_company_that_is_not_compared(browser: Callable[[str], Client], siren: str, status: int, words: str) -> None:
    answer = browser(CRP).get(f"/entreprises/{siren}/comparables")
    assert answer.status_code == status
    assert words in answer.content.decode()
