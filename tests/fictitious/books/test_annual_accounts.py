"""The annual accounts of the invented country: what holds in every liasse, and the levels of the real ones.

Levels: 1,516 real filings of 2014-2018 and, by wage bill, 300 of them; each tolerance is stated beside its figure. The
companies here employ, most of them ten or more: the real filings are those of all companies, holdings included.
"""

from __future__ import annotations

import numpy as np
import pytest

from signaux_faibles.fictitious.books.cells import Cells, whole
from signaux_faibles.fictitious.books.course import Liasses
from signaux_faibles.fictitious.books.exercices import liquidated
from signaux_faibles.fictitious.books.filings import BilanType, Defect, Filings, closing_day
from signaux_faibles.fictitious.books.simplified import simplified
from signaux_faibles.fictitious.books.typed import of_form, typed
from signaux_faibles.fictitious.months import month, month_of
from signaux_faibles.fictitious.parameters.world import WORLDS, Size
from signaux_faibles.fictitious.part import Part, invent_part
from signaux_faibles.fictitious.people import population

PUBLISHED = (np.datetime64("2017-01-01"), np.datetime64("2019-12-31"))


@pytest.fixture(scope="module")
def part() -> Part:
    """4,000 companies of ten employees or more, and smaller ones."""
    size = Size(4_000, 0.5, 0)
    (ranks,) = population.parts(size, WORLDS["reference"].population)
    return invent_part(ranks, 0, size, 20, "reference")


@pytest.fixture(scope="module")
def liasses(part: Part) -> Liasses:
    return part.annual.liasses


@pytest.fixture(scope="module")
def filings(part: Part) -> Filings:
    return part.annual.filings


def _sum(cells: Cells, codes: str) -> np.ndarray:
    """`DL + DR - EC`, of cells."""
    total, sign = np.zeros_like(next(iter(cells.values()))), 1
    for word in codes.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            total = total + sign * cells[word]
    return np.asarray(total)


POSITIVE = "AH AP AQ AR AS AT AU BH BL BT BX BY BZ CD CF CH DA DD DG DR DU DV DX DY EA EG EH FL FW FY GA"
NORMAL = (
    ("BJ - BK + CJ - CK", "EE"),
    ("CO - 1A", "EE"),
    ("DL + DR + EC", "EE"),
    ("DA + DD + DG + DH + DI", "DL"),
    ("DU + DV + DX + DY + EA", "EC"),
    ("AP + AR + AT + AH + BH", "BJ"),
    ("AQ + AS + AU", "BK"),
    ("FJ + FK", "FL"),
    ("FC + FF + FI", "FL"),
    ("FR - GF", "GG"),
    ("GG + GP - GU", "GW"),
    ("HL - HM", "HN"),
    ("GW + HD - HH - HJ - HK", "HN"),
    ("DI", "HN"),
)
SIMPLIFIED = (
    ("044 - 048 + 096 - 098", "180"),
    ("110 - 112", "180"),
    ("142 + 154 + 176", "180"),
    ("156 + 166 + 172", "176"),
    ("120 + 126 + 132 + 134 + 136", "142"),
    ("210 + 214 + 218 + 226 + 230", "232"),
    ("234 + 236 + 238 + 240 + 242 + 244 + 250 + 252 + 254 + 256 + 262", "264"),
    ("232 - 264", "270"),
    ("270 + 280 + 290 - 294 - 300 - 306", "310"),
    ("310", "136"),
)


@pytest.mark.parametrize(("left", "right"), NORMAL)
def test_every_liasse_adds_up_to_the_euro(liasses: Liasses, left: str, right: str) -> None:
    assert np.array_equal(_sum(liasses.cells, left), _sum(liasses.cells, right))


@pytest.mark.parametrize(("left", "right"), SIMPLIFIED)
def test_every_liasse_adds_up_on_the_simplified_form(liasses: Liasses, left: str, right: str) -> None:
    cells = simplified(liasses.cells)
    assert np.array_equal(_sum(cells, left), _sum(cells, right))


def test_a_whole_liasse_stays_as_it_is_when_its_totals_are_made_again(liasses: Liasses) -> None:
    again = whole(liasses.cells)
    assert all(np.array_equal(again[code], values) for code, values in liasses.cells.items())


def test_amounts_have_the_signs_of_their_nature(liasses: Liasses) -> None:
    for code in POSITIVE.split():
        assert liasses.cells[code].min() >= 0, code
    assert liasses.cells["DH"].max() <= 0
    for gross, spent in (("AP", "AQ"), ("AR", "AS"), ("AT", "AU"), ("BX", "BY")):
        assert (liasses.cells[spent] <= liasses.cells[gross]).all()


def test_own_funds_grow_by_the_result_and_what_partners_bring_and_fall_by_what_they_take(liasses: Liasses) -> None:
    now, before = _pairs(liasses)
    own, capital = liasses.cells["DL"], liasses.cells["DA"]
    dividends = own[before] + liasses.cells["HN"][now] + capital[now] - capital[before] - own[now]
    assert dividends.min() >= 0
    ceiling = np.maximum(liasses.cells["HN"][before], 0) + liasses.cells["DG"][before]
    assert (dividends <= ceiling).all()


def test_stocks_go_from_an_exercice_to_the_next_by_their_variation(liasses: Liasses) -> None:
    now, before = _pairs(liasses)
    for stock, variation in (("BT", "FT"), ("BL", "FV")):
        assert np.array_equal(liasses.cells[stock][before] - liasses.cells[stock][now], liasses.cells[variation][now])


def _pairs(liasses: Liasses) -> tuple[np.ndarray, np.ndarray]:
    """Exercices, and those just before in the same company."""
    now = np.flatnonzero(np.r_[False, liasses.company[1:] == liasses.company[:-1]])
    return now, now - 1


def test_exercices_follow_each_other_without_hole(liasses: Liasses) -> None:
    now, before = _pairs(liasses)
    assert np.array_equal(liasses.close[before] + liasses.months[now], liasses.close[now])
    assert liasses.months.min() >= 6
    assert liasses.months.max() <= 17


def test_no_liquidated_company_draws_up_accounts(part: Part, liasses: Liasses) -> None:
    assert (liasses.close < liquidated(part.lives, part.employers.count)[liasses.company]).all()


def test_exercices_that_are_not_of_twelve_months(liasses: Liasses) -> None:
    """7 % of the real filings, within 1.5 points."""
    assert np.mean(liasses.months != 12) == pytest.approx(0.07, abs=0.015)


def _published(filings: Filings) -> Filings:
    """First filings that anyone may read, filed when the real ones were, consolidated ones apart."""
    start, stop = PUBLISHED
    mine = (filings.day >= start) & (filings.day <= stop) & ~filings.secret & ~filings.amended
    return filings.at(mine & (filings.form != BilanType.CONSOLIDATED))


def test_own_funds_are_those_of_real_filings(liasses: Liasses, filings: Filings) -> None:
    """Of the total: median 0.45 within 0.06, quartiles 0.21 and 0.66 within 0.10; below zero 10.4 %, 2.5 points."""
    rows = _published(filings).liasse
    ratio = liasses.cells["DL"][rows] / liasses.cells["EE"][rows]
    low, median, high = np.quantile(ratio, [0.25, 0.5, 0.75])
    assert median == pytest.approx(0.45, abs=0.06)
    assert (low, high) == pytest.approx((0.21, 0.66), abs=0.10)
    assert np.mean(ratio < 0) == pytest.approx(0.104, abs=0.025)


def test_net_margins_are_those_of_real_filings_with_wages(liasses: Liasses, filings: Filings) -> None:
    """Median 3.8 % within 1 point. P5, P25 and P75 of filings with wages: -17, 1 and 8 %; within 9, 2 and 3 points."""
    rows = _published(filings).liasse
    margin = liasses.cells["HN"][rows] / liasses.cells["FL"][rows]
    lowest, low, median, high = np.quantile(margin, [0.05, 0.25, 0.5, 0.75])
    assert median == pytest.approx(0.038, abs=0.01)
    assert lowest == pytest.approx(-0.17, abs=0.09)
    assert (low, high) == pytest.approx((0.01, 0.08), abs=0.03)


def test_small_companies_withhold_their_profit_and_loss_account(filings: Filings) -> None:
    """24 % of the real filings of 2017-2019, within 5 points; none before the law of August 2016."""
    assert _published(filings).withheld.mean() == pytest.approx(0.24, abs=0.05)
    assert not filings.withheld[filings.day < np.datetime64("2016-08-07")].any()


def test_one_filing_in_forty_is_not_typed_until_it_is_amended(filings: Filings) -> None:
    """41 of the 1,563 real documents that are not wholly withheld, within 1 point."""
    assert filings.untyped[~filings.secret].mean() == pytest.approx(0.026, abs=0.01)
    assert not filings.untyped[filings.secret | filings.amended].any()
    shown = filings.with_amounts()
    assert not (shown.secret | shown.untyped).any()


def test_simplified_forms_are_those_of_small_turnovers(liasses: Liasses, filings: Filings) -> None:
    """33 % from 400,000 to 800,000 euros and 8 % above, within 8 points (300 real filings)."""
    mine = _published(filings)
    turnover = liasses.cells["FL"][mine.liasse] * 12 / liasses.months[mine.liasse]
    simple = mine.form == BilanType.SIMPLIFIED
    assert simple[(turnover > 400_000) & (turnover < 800_000)].mean() == pytest.approx(0.33, abs=0.08)
    assert simple[turnover > 800_000].mean() == pytest.approx(0.08, abs=0.08)
    assert 0.0003 < np.mean(filings.form == BilanType.CONSOLIDATED) < 0.005


def test_sectors_differ_as_they_do(part: Part, liasses: Liasses) -> None:
    """Trade turns over more by head than services and keeps stocks; restaurants are paid at once."""
    sector = part.employers.sector[liasses.company]
    heads = np.maximum(liasses.heads, 1)
    by_head = [np.median((liasses.cells["FL"] / heads)[sector == rank]) for rank in range(11)]
    assert by_head[3] > 1.8 * by_head[9]
    stock = (liasses.cells["BT"] + liasses.cells["BL"]) / liasses.cells["FL"]
    assert np.median(stock[sector == 3]) > 5 * np.median(stock[sector == 9])
    customers = liasses.cells["BX"] / liasses.cells["FL"]
    assert np.median(customers[sector == 5]) < 0.25 * np.median(customers[sector == 9])


def test_accounts_decline_in_a_crisis_and_hardly_before_a_shock(part: Part, liasses: Liasses) -> None:
    """Margin of the last exercice closed before the failure, less the median of all."""
    events = part.lives.events
    lost = {}
    margin = liasses.cells["HN"] / liasses.cells["FL"]
    for rank, cause in enumerate(("choc", "usure", "crise")):
        mine = np.flatnonzero(events.cause == rank)
        last = np.searchsorted(liasses.company * 1_000 + liasses.close, events.company[mine] * 1_000
                               + month_of(events.day[mine])) - 1  # fmt: skip
        same = (last >= 0) & (liasses.company[last] == events.company[mine])
        recent = same & (month_of(events.day[mine]) - liasses.close[last] <= 12)
        lost[cause] = np.median(margin[last[recent]]) - np.median(margin)
    assert lost["crise"] < -0.02
    assert lost["crise"] < lost["usure"] < lost["choc"]
    assert lost["choc"] > -0.01


def test_filings_come_after_the_closing_most_of_them_within_seven_months(liasses: Liasses, filings: Filings) -> None:
    first = filings.at(~filings.amended)
    days = (first.day - closing_day(liasses.close[first.liasse])).astype(int)
    assert days.min() >= 60
    assert 0.10 < np.mean(days > 214) < 0.30
    later = filings.at(filings.amended)
    assert 0.02 < len(later.day) / len(first.day) < 0.05


def test_filings_are_late_or_missing_more_often_in_difficulty(liasses: Liasses, filings: Filings) -> None:
    filed = np.zeros(liasses.count, dtype=bool)
    filed[filings.liasse] = True
    old = (liasses.close >= month(2010, 1)) & (liasses.close < month(2020, 1))
    bad = liasses.crisis > 0.5
    assert filed[old & bad].mean() < 0.8 * filed[old & ~bad].mean()
    days = (filings.day - closing_day(liasses.close[filings.liasse])).astype(int)
    assert np.mean(days[bad[filings.liasse]] > 214) > 1.4 * np.mean(days[~bad[filings.liasse]] > 214)


def test_a_part_of_the_companies_never_files(part: Part, liasses: Liasses, filings: Filings) -> None:
    known = np.unique(liasses.company[filings.liasse])
    drawn = np.unique(liasses.company[liasses.close < month(2024, 1)])
    assert 0.70 < np.isin(drawn, known).mean() < 0.95
    forms = part.identities.form.to_numpy(zero_copy_only=False)[known]
    assert not np.isin(forms, ["1000", "9220", "6540", "7210"]).any()


@pytest.mark.parametrize("normal", [True, False])
def test_what_is_typed_without_a_defect_adds_up(liasses: Liasses, filings: Filings, normal: bool) -> None:
    """Amended filings too; consolidated ones have lines alone."""
    mine = of_form(filings, normal=normal)
    cells = typed(mine, liasses, normal=normal)
    sane = (mine.defect == Defect.NONE) & (mine.form != BilanType.CONSOLIDATED) & ~mine.withheld
    for left, right in NORMAL if normal else SIMPLIFIED:
        assert np.array_equal(_sum(cells, left)[sane], _sum(cells, right)[sane]), left


def test_defects_of_typing_are_few_and_each_is_seen(liasses: Liasses, filings: Filings) -> None:
    mine = of_form(filings, normal=True)
    cells, true = typed(mine, liasses, normal=True), {code: v[mine.liasse] for code, v in liasses.cells.items()}
    open_ = ~mine.withheld & ~mine.amended & (mine.form == BilanType.COMPLETE)
    assert 0.005 < np.mean(filings.defect != Defect.NONE) < 0.02
    of = {defect: open_ & (mine.defect == defect) for defect in Defect}
    assert np.array_equal(cells["EE"][of[Defect.THOUSANDS]], np.rint(true["EE"][of[Defect.THOUSANDS]] / 1000))
    assert (cells["AU"][of[Defect.TURNED]] <= 0).all()
    assert (cells["EE"][of[Defect.MISTYPED]] != true["EE"][of[Defect.MISTYPED]]).all()
    assert np.array_equal(cells["FL"][of[Defect.CENTS]], 100 * true["FL"][of[Defect.CENTS]])
    assert np.array_equal(cells["EE"][of[Defect.NONE]], true["EE"][of[Defect.NONE]])


def test_withheld_accounts_report_nothing_of_the_result_but_on_the_balance_sheet(
    liasses: Liasses, filings: Filings
) -> None:
    mine = of_form(filings.at(filings.withheld), normal=True)
    cells = typed(mine, liasses, normal=True)
    assert not cells["FL"].any()
    assert not cells["HN"].any()
    assert cells["DI"].any()
