"""The order of calls drawn at random inside each level of alert, under a declared protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from harness.agents import CODEFI
from signaux_faibles.detection.levels import Level
from signaux_faibles.web.append_only import NeverChanged
from signaux_faibles.web.campagnes.drawing import BANDS, ToCall, drawn_order
from signaux_faibles.web.campagnes.models import Campagne, Draw, DrawnCompany, Protocol

Browser = Callable[[str], Client]
LAUNCH = "/listes/2/campagne"
ASKED = {"departement": "87", "title": "Appels de novembre", "capacity": "1", "drawn": "on"}

companies = st.lists(
    st.builds(ToCall, st.from_regex(r"[0-9]{14}", fullmatch=True), st.sampled_from(BANDS), st.integers(1, 500)),
    unique_by=lambda one: one.siret,
    max_size=30,
)


@given(companies, st.text(max_size=20))
def test_a_drawn_order_holds_each_company_once_and_the_higher_level_first(found: list[ToCall], seed: str) -> None:
    order = drawn_order(found, seed)
    assert Counter(order) == Counter(found)
    assert [BANDS.index(one.level) for one in order] == sorted(BANDS.index(one.level) for one in found)
    assert drawn_order(reversed(found), seed) == order, "the order of the list decides nothing"


def test_chance_gives_each_company_each_place() -> None:
    four = [ToCall(f"{n:014d}", Level.HIGH, n) for n in range(1, 5)]
    places = Counter(
        (one.rank, place) for seed in range(4_000) for place, one in enumerate(drawn_order(four, str(seed)))
    )
    assert len(places) == 16
    assert all(900 < count < 1_100 for count in places.values()), "a fourth each, within four standard deviations"


@pytest.fixture
def protocol() -> Protocol:
    return Protocol.objects.create(
        title="Effet d'un appel", text="Mesuré à 18 mois.", declared_by="pilote", opened_on=date(2026, 11, 1)
    )


@pytest.mark.django_db
def test_nothing_is_drawn_without_an_open_protocol(browser: Browser) -> None:
    codefi = browser(CODEFI)
    assert "Tirer au sort" not in codefi.get(LAUNCH).content.decode()
    codefi.post(LAUNCH, ASKED)
    assert Campagne.objects.count() == 1
    assert not Draw.objects.exists()


@pytest.mark.django_db
def test_a_closed_protocol_draws_no_more(browser: Browser, protocol: Protocol) -> None:
    protocol.closed_on = date(2026, 11, 20)
    protocol.save()
    assert "Tirer au sort" not in browser(CODEFI).get(LAUNCH).content.decode()


@pytest.mark.django_db
def test_an_agent_who_does_not_ask_keeps_the_order_of_the_list(browser: Browser, protocol: Protocol) -> None:
    browser(CODEFI).post(LAUNCH, {name: value for name, value in ASKED.items() if name != "drawn"})
    assert Campagne.objects.count() == 1
    assert not Draw.objects.exists()


@pytest.mark.django_db
def test_the_whole_draw_is_written_with_those_left_uncalled(browser: Browser, protocol: Protocol) -> None:
    codefi = browser(CODEFI)
    assert "Tirer au sort l’ordre des appels" in codefi.get(LAUNCH).content.decode()
    page = codefi.post(LAUNCH, ASKED, follow=True).content.decode()
    assert "tiré au sort, selon le protocole « Effet d’un appel »" in page
    draw = Draw.objects.get()
    drawn = list(draw.companies.order_by("position"))
    assert (draw.protocol, draw.list_number) == (protocol, 2)
    assert [one.called for one in drawn] == [True, *[False] * (len(drawn) - 1)]
    assert len(drawn) > 1
    called = list(draw.campagne.companies.values_list("siret", flat=True))
    assert called == [drawn[0].siret]
    again = drawn_order([ToCall(one.siret, Level(one.level), one.rank) for one in reversed(drawn)], draw.seed)
    assert [one.siret for one in again] == [one.siret for one in drawn], "whoever knows the seed finds it again"
    assert "levee" not in page, "the network that calls reads no level"


@pytest.mark.django_db
def test_a_draw_is_never_changed(browser: Browser, protocol: Protocol) -> None:
    browser(CODEFI).post(LAUNCH, ASKED)
    with pytest.raises(NeverChanged):
        DrawnCompany.objects.update(called=True)
