"""What only the State holds of a company or of an establishment, on one axis of 36 months, as the agent may read it.

Each lane has a family: one that is closed to the agent has neither chart, nor column, nor amount. A month that no file
describes yet is « non connu », and is shaded; a month for which the files say nothing about this company is a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property

from django.utils.safestring import SafeString

from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.snapshot.served import coverage
from signaux_faibles.snapshot.served.contributions import contributions_of
from signaux_faibles.snapshot.served.coverage import known_months
from signaux_faibles.snapshot.served.debts import DebtMonth, debts_of
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.plans import PlanMonth, plan_months_of
from signaux_faibles.snapshot.served.short_time import ShortTimeMonth, short_time_of
from signaux_faibles.snapshot.served.taxes import declared_turnover_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.charts.drawing import BLUE, ORANGE, Series, bars, line, marks
from signaux_faibles.web.consultation.debt_section import month_total
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.wording.french import UNKNOWN, employees, euros, number

WINDOW = 36
NOT_KNOWN = "non connu"
Amount = int | float | Decimal | None


@dataclass(frozen=True)
class LaneCurve:
    """A series of a lane.

    Attributes:
        values: by month; None where the files say nothing of the company.
        until: the last month that the files describe; None when none is.
        drawn: whether the chart shows it; the table always does.
    """

    title: str
    values: tuple[Amount, ...]
    until: date | None
    colour: str = BLUE
    drawn: bool = True


class Drawn(Enum):
    """How the curves of a lane are drawn."""

    LINE = "ligne"
    STACKED = "l’une sur l’autre"
    OVERLAID = "l’une devant l’autre"


@dataclass(frozen=True)
class Lane:
    """A chart of the axis, and its columns in the table.

    Attributes:
        written: how a value is written, with its unit; source: who delivers it.
        drawn: a line of the first curve, bars one on the other, or bars one before the other for a part and its whole.
    """

    title: str
    source: str
    months: tuple[date, ...]
    curves: tuple[LaneCurve, ...]
    written: Callable[[int | float | Decimal], str]
    drawn: Drawn = Drawn.STACKED

    @cached_property
    def empty(self) -> bool:
        """Whether no month has a value other than zero, so that there is nothing to draw."""
        return not any(value for curve in self.shown for value in curve.values)

    @cached_property
    def shown(self) -> tuple[LaneCurve, ...]:
        """The curves of the chart."""
        return tuple(curve for curve in self.curves if curve.drawn)

    @property
    def highest(self) -> str:
        """The top of the scale, written."""
        together = sum if self.drawn is Drawn.STACKED else max
        columns = zip(*(curve.values for curve in self.shown), strict=True)
        return self.written(max(together(map(_exact, column)) for column in columns))

    @property
    def unknown(self) -> tuple[bool, ...]:
        """By month, whether no file describes it yet for any curve."""
        untils = [curve.until for curve in self.curves if curve.until]
        return tuple(not untils or month > max(untils) for month in self.months)

    @property
    def drawing(self) -> SafeString:
        """The chart; its amounts are those of the table."""
        series = [Series(tuple(None if v is None else float(v) for v in one.values), one.colour) for one in self.shown]
        label = f"{self.title}, mois par mois ; les mêmes valeurs sont dans le tableau."
        if self.drawn is Drawn.LINE:
            return line(series[0], label, unknown=self.unknown)
        return bars(series, label, unknown=self.unknown, stacked=self.drawn is Drawn.STACKED)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """By curve, the cells of the months."""
        return tuple(tuple(self._cells(curve)) for curve in self.curves)

    def _cells(self, curve: LaneCurve) -> Iterator[str]:
        written = cache(self.written)  # months repeat amounts
        for month, value in zip(self.months, curve.values, strict=True):
            if value is not None:
                yield written(value)
            else:
                yield UNKNOWN if curve.until and month <= curve.until else NOT_KNOWN


@dataclass(frozen=True)
class TimelineRow:
    """A month of the table: the cells of all lanes, and what happened."""

    month: date
    cells: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class StateTimeline:
    """The axis on a page.

    Attributes:
        lanes: those that the agent may read, in order.
        events: by month, what happened: procedures, filings.
        plans: the delays in force by month, for the sentences of the page; empty when they are closed.
    """

    months: tuple[date, ...]
    lanes: tuple[Lane, ...]
    events: Mapping[date, tuple[str, ...]]
    debts: Mapping[date, DebtMonth]
    plans: Mapping[date, PlanMonth]
    short_time: Mapping[date, ShortTimeMonth]
    last_months: Mapping[str, date]

    @classmethod
    def read(
        cls,
        place: CompanyOrSite,
        headcounts: Mapping[date, int],
        *,
        snapshot: Snapshot,
        ask: Callable[[Family], ReadingVerdict],
        events: Mapping[date, tuple[str, ...]],
    ) -> StateTimeline:
        """Read each lane, if `ask` allows its family; `headcounts` are those of the place, by month."""
        months = last_months(snapshot.manifest.as_of, WINDOW)
        span, described = (months[0], months[-1]), known_months(snapshot)
        urssaf, dgefp = ask(Family.URSSAF).allowed, ask(Family.DGEFP).allowed
        delivered = snapshot.manifest.latest("debit") or date.min
        debts = {one.month: one for one in debts_of(snapshot, place, *span) if one.month <= delivered} if urssaf else {}
        plans = plan_months_of(snapshot, place, *span) if urssaf else {}
        short_time = short_time_of(snapshot, place, *span) if dgefp else {}
        lanes = [_headcounts(place, headcounts, months, described)]
        if urssaf:
            lanes += [
                _contributions(contributions_of(snapshot, place, *span), months, described),
                _debts(debts, months, described, snapshot.manifest.latest("debit")),
                _plans(plans, months, described),
            ]
        if dgefp:
            lanes.append(_short_time(short_time, months, described))
        if place.siret is None and ask(Family.FISCAL).allowed:
            lanes.append(_turnover(declared_turnover_of(snapshot, place.siren, *span), months, described))
        return cls(months, tuple(lanes), events, debts, plans, short_time, described)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns of the table, after that of the month."""
        return tuple(curve.title for lane in self.lanes for curve in lane.curves)

    @cached_property
    def rows(self) -> tuple[TimelineRow, ...]:
        """The table, latest month first."""
        columns = (cells for lane in self.lanes for cells in lane.cells)
        rows = zip(self.months, zip(*columns, strict=True), strict=True)
        return tuple(TimelineRow(month, cells, self.events.get(month, ())) for month, cells in rows)[::-1]

    @property
    def ticks(self) -> tuple[date, ...]:
        """The months written under the axis: one in six, from the first."""
        return self.months[::6]

    @property
    def marks(self) -> SafeString:
        """The chart of events."""
        return marks([bool(self.events.get(month)) for month in self.months], "Événements ; ils sont dans le tableau.")


def last_months(end: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months, the last one being that of `end`."""
    index = index_of(end)
    return tuple(month_at(month) for month in range(index - count + 1, index + 1))


def events_by_month(dated: Sequence[tuple[date, str]]) -> dict[date, tuple[str, ...]]:
    """Events with the first day of their month, in order of day."""
    by_month: dict[date, tuple[str, ...]] = {}
    for day, words in sorted(dated):
        month = day.replace(day=1)
        by_month[month] = (*by_month.get(month, ()), words)
    return by_month


def full_time(value: int | float | Decimal) -> str:
    """« 4,75 ETP », without zeros that add nothing."""
    return f"{number(value, 2, at_least=0)} ETP"


def _exact(value: Amount) -> int | Decimal:
    """A value that can be added to any other one without losing a digit."""
    return Decimal(str(value)) if isinstance(value, float) else value or 0


def _headcounts(
    place: CompanyOrSite, values: Mapping[date, int], months: tuple[date, ...], last_months_of: Mapping[str, date]
) -> Lane:
    name = coverage.ESTABLISHMENT_HEADCOUNTS if place.siret else coverage.HEADCOUNTS
    curve = LaneCurve("Effectif", tuple(values.get(month) for month in months), last_months_of.get(name))
    return Lane("Effectif", "Urssaf", months, (curve,), employees, Drawn.LINE)


def _contributions(due: Mapping[date, Decimal], months: tuple[date, ...], last_months_of: Mapping[str, date]) -> Lane:
    curve = LaneCurve("Cotisations appelées", tuple(map(due.get, months)), last_months_of.get(coverage.CONTRIBUTIONS))
    return Lane("Cotisations appelées", "Urssaf", months, (curve,), euros, Drawn.LINE)


def _debts(
    debts: Mapping[date, DebtMonth],
    months: tuple[date, ...],
    last_months_of: Mapping[str, date],
    delivered: date | None,
) -> Lane:
    ends = [day for day in (last_months_of.get(coverage.DEBTS), delivered) if day]
    until = min(ends) if ends else None
    # Whole euros, as they are shown: the top of the scale is then a total that the page gives too.
    employee = tuple(round(debts[month].part_ouvriere) if month in debts else None for month in months)
    employer = tuple(round(debts[month].part_patronale) if month in debts else None for month in months)
    others = {
        "Dette, total": tuple(month_total(debts[month]) if month in debts else None for month in months),
        "Dette nouvelle": tuple(debts[month].dette_nouvelle if month in debts else None for month in months),
        "Diminution": tuple(debts[month].rembourse if month in debts else None for month in months),
    }
    curves = (
        LaneCurve("Dette, part salariale", employee, until, ORANGE),
        LaneCurve("Dette, part patronale", employer, until, BLUE),
        *(LaneCurve(title, values, until, drawn=False) for title, values in others.items()),
    )
    return Lane("Dette sociale restante", "Urssaf", months, curves, euros)


def _plans(plans: Mapping[date, PlanMonth], months: tuple[date, ...], last_months_of: Mapping[str, date]) -> Lane:
    left = tuple(plans[month].left if month in plans else None for month in months)
    curve = LaneCurve("Délais : reste prévu", left, last_months_of.get(coverage.PLANS))
    return Lane("Délais de paiement : reste prévu à l’échéancier", "Urssaf", months, (curve,), euros)


def _short_time(
    hours: Mapping[date, ShortTimeMonth], months: tuple[date, ...], last_months_of: Mapping[str, date]
) -> Lane:
    consumed = tuple(hours[month].consumed if month in hours else None for month in months)
    authorised = tuple(hours[month].authorised if month in hours else None for month in months)
    curves = (
        LaneCurve("Activité partielle consommée", consumed, last_months_of.get(coverage.CONSUMED), ORANGE),
        LaneCurve("Activité partielle autorisée", authorised, last_months_of.get(coverage.AUTHORISED), BLUE),
    )
    return Lane("Activité partielle", "DGEFP", months, curves, full_time, Drawn.OVERLAID)


def _turnover(turnover: Mapping[date, Decimal], months: tuple[date, ...], last_months_of: Mapping[str, date]) -> Lane:
    curve = LaneCurve(
        "Chiffre d’affaires (TVA)", tuple(map(turnover.get, months)), last_months_of.get(coverage.TURNOVER)
    )
    return Lane("Chiffre d’affaires déclaré à la TVA", "DGFiP", months, (curve,), euros, Drawn.LINE)
