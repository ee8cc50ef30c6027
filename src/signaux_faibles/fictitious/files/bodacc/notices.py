"""The notices of judgments that BODACC publishes, past and to come: what each says, and when (open-data §2.5)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Self

import numpy as np

from signaux_faibles.fictitious.files.bodacc.words import EXTRACTS, OTHERWISE, Nature
from signaux_faibles.fictitious.lives.courts import Events, ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.lives.lives import Lives
from signaux_faibles.fictitious.months import LAST, Dates, first_day, month
from signaux_faibles.fictitious.parameters.publication import Bodacc
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Bools, Ints

FIRST_NOTICE = np.datetime64("2008-01-01")
"""The open API begins in 2008."""
NOBODY = -1
_DAY = np.timedelta64(1, "D")
_MONTHS_BEFORE_CREDITORS = (4, 14)
_MONTHS_BEFORE_CHANGES = (2, 10)
_FEWEST_RETRACTIONS = month(2008, 6)


class Type(IntEnum):
    """How a notice relates to earlier ones."""

    ANNONCE = 0
    RECTIFICATIF = 1
    ANNULATION = 2


@dataclass(frozen=True)
class Notices:
    """Notices, one value each, ordered by company then publication.

    Attributes:
        company: rank in the part.
        nature: a `Nature`.
        judged: day of the judgment as the notice states it.
        published: day of publication, never a Saturday or a Sunday.
        type: a `Type`.
        corrects: rank of the notice that this one corrects or cancels; `NOBODY` for none, and for one not named.
    """

    company: Ints
    nature: Ints
    judged: Dates
    published: Dates
    type: Ints
    corrects: Ints

    def take(self, ranks: Ints | Bools) -> Self:
        """Some of the notices."""
        return type(self)(*(getattr(self, field.name)[ranks] for field in fields(self)))

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.company)


def publish(part: Part) -> Notices:
    """All the notices of the employers of a part, the same whatever the batch."""
    parameters, rng = part.parameters.bodacc, part.rng("bodacc")
    notices = _joined(_of_events(part.lives.events, parameters, rng), _beside(part.lives.events, parameters, rng))
    notices = _joined(notices, _retracted(part.lives, parameters, rng))
    notices = _with_extracts(notices, part.lives.events, parameters, part.rng("bodacc extracts"))
    is_published = (rng.random(notices.count) >= parameters.never_published) & (notices.published >= FIRST_NOTICE)
    notices = notices.take(is_published)
    return _ordered(_undone(notices, parameters, rng))


def _of_events(events: Events, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """One notice per judgment; when a graver procedure absorbs another, only the notice of the former says so."""
    order = np.argsort(events.company, kind="stable")
    nature = _natures(events, order)
    draw, shift = rng.random((2, len(order)))
    kind, stage = events.kind[order], events.stage[order]
    other = (events.cause[order] >= 0) & (draw < parameters.otherwise_worded)
    nature = np.where(other, np.array([OTHERWISE[kind] for kind in ProcedureKind])[kind], nature)
    accelerated = (nature == Nature.OPENING_SAUVEGARDE) & (draw > 1 - parameters.accelerated)
    nature = np.where(accelerated, Nature.OPENING_ACCELERATED, nature)
    ends_plan = np.isin(nature, (Nature.DONE_REDRESSEMENT, Nature.DONE_SAUVEGARDE))
    has_notice = (stage != ProcedureStage.INCLUSION_AUTRE_PROCEDURE) & ~(
        ends_plan & (draw > parameters.plan_end_published)
    )
    apart = np.where(
        shift < parameters.other_day, np.round((shift / parameters.other_day - 0.5) * 2 * parameters.other_day_most), 0
    )
    judged = events.day[order] + apart.astype("timedelta64[D]")
    return _published(events.company[order][has_notice], nature[has_notice], judged[has_notice], parameters, rng)


def _natures(events: Events, order: Ints) -> Ints:
    """The nature of the notice of each event, in order; that of a conversion depends on what came before."""
    company, kind, stage = events.company[order], events.kind[order], events.stage[order]
    before = np.r_[NOBODY, stage[:-1]]
    two_before = np.r_[NOBODY, NOBODY, stage[:-2]] if len(stage) > 1 else np.full(len(stage), NOBODY)
    kind_before = np.r_[NOBODY, kind[:-1]]
    same = np.r_[False, company[1:] == company[:-1]]
    gentle, final = kind == ProcedureKind.SAUVEGARDE, kind == ProcedureKind.LIQUIDATION
    joined = same & (before == ProcedureStage.INCLUSION_AUTRE_PROCEDURE) & (stage == ProcedureStage.OUVERTURE)
    from_plan = joined & (two_before == ProcedureStage.PLAN_CONTINUATION)
    of_sauvegarde = kind_before == ProcedureKind.SAUVEGARDE
    after_plan = same & (before == ProcedureStage.PLAN_CONTINUATION)
    ended, closed = stage == ProcedureStage.FIN_PROCEDURE, stage == ProcedureStage.SOLDE_PROCEDURE
    paid = closed & (company % 23 == 0)  # a few liquidations pay all the creditors
    cases = [
        (from_plan & of_sauvegarde, Nature.BROKEN_PLAN_SAUVEGARDE),
        (from_plan, Nature.BROKEN_PLAN_REDRESSEMENT),
        (joined & ~final, Nature.CONVERSION_REDRESSEMENT),
        (joined & of_sauvegarde, Nature.CONVERSION_LIQUIDATION_OF_SAUVEGARDE),
        (joined, Nature.CONVERSION_LIQUIDATION),
        (final & (stage == ProcedureStage.OUVERTURE), Nature.OPENING_LIQUIDATION),
        (stage == ProcedureStage.OUVERTURE, Nature.OPENING_REDRESSEMENT),
        (ended & after_plan, Nature.DONE_REDRESSEMENT),
        (ended, Nature.END_REDRESSEMENT),
        (paid, Nature.CLOSED_PAID),
        (closed, Nature.CLOSED_NO_ASSETS),
    ]
    nature = np.select([case for case, _ in cases], [np.full(len(kind), int(n)) for _, n in cases], NOBODY)
    nature = np.where(stage == ProcedureStage.PLAN_CONTINUATION, Nature.PLAN_REDRESSEMENT, nature)
    for other, softer in _SOFTER.items():
        nature = np.where(gentle & (nature == other), softer, nature)
    return np.asarray(nature)


_SOFTER = {
    Nature.OPENING_REDRESSEMENT: Nature.OPENING_SAUVEGARDE,
    Nature.PLAN_REDRESSEMENT: Nature.PLAN_SAUVEGARDE,
    Nature.END_REDRESSEMENT: Nature.END_SAUVEGARDE,
    Nature.DONE_REDRESSEMENT: Nature.DONE_SAUVEGARDE,
}


def _beside(events: Events, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """Notices that do not change the state of a procedure, and plans de cession."""
    opening, plan = events.stage == ProcedureStage.OUVERTURE, events.stage == ProcedureStage.PLAN_CONTINUATION
    final, rescue = events.kind == ProcedureKind.LIQUIDATION, events.kind == ProcedureKind.REDRESSEMENT
    sold = (events.stage == ProcedureStage.INCLUSION_AUTRE_PROCEDURE) & rescue
    draws = rng.random((5, len(events.company)))
    chosen = [
        (opening & (draws[0] < parameters.creditors), Nature.CREDITORS, _MONTHS_BEFORE_CREDITORS),
        (opening & (draws[1] < parameters.payments_redated), Nature.PAYMENTS_REDATED, _MONTHS_BEFORE_CHANGES),
        (opening & final & (draws[2] < parameters.ban), Nature.BAN, _MONTHS_BEFORE_CREDITORS),
        (plan & rescue & (draws[3] < parameters.plan_changed), Nature.PLAN_CHANGED, _MONTHS_BEFORE_CREDITORS),
        (sold & (draws[4] < parameters.sale), Nature.SALE, (0, 0)),
    ]
    rank = np.concatenate([np.flatnonzero(mask) for mask, _, _ in chosen])
    nature = np.repeat([n for _, n, _ in chosen], [mask.sum() for mask, _, _ in chosen])
    wait = np.concatenate([rng.integers(30 * low, 30 * high + 1, mask.sum()) for mask, _, (low, high) in chosen])
    return _published(events.company[rank], nature, events.day[rank] + wait.astype("timedelta64[D]"), parameters, rng)


def _with_extracts(notices: Notices, events: Events, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """The notices, some with their judgment only in the complement, and orders that decide nothing."""
    draw, nature = rng.random(notices.count), notices.nature.copy()
    for usual, extract in EXTRACTS.items():
        nature[(notices.nature == usual) & (draw < parameters.extract)] = extract
    ordered = np.flatnonzero(
        (events.stage == ProcedureStage.OUVERTURE) & (rng.random(len(events.company)) < parameters.order)
    )
    low, high = _MONTHS_BEFORE_CHANGES
    wait = rng.integers(30 * low, 30 * high + 1, len(ordered)).astype("timedelta64[D]")
    natures = np.full(len(ordered), int(Nature.ORDER), dtype=np.int64)
    orders = _published(events.company[ordered], natures, events.day[ordered] + wait, parameters, rng)
    return _joined(replace(notices, nature=nature), orders)


def _retracted(lives: Lives, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """Openings for companies that were and stay in bonis, each retracted weeks later."""
    untouched = np.setdiff1d(np.arange(len(lives.end)), lives.events.company)
    count = round(parameters.retracted * lives.events.failures.sum())
    company = rng.choice(untouched, min(count, len(untouched)), replace=False)
    at = rng.integers(_FEWEST_RETRACTIONS, LAST, len(company))
    alive = lives.headcount[company, at] > 0
    company, at = company[alive], at[alive]
    final = rng.random(len(company)) < 0.5
    opened = first_day(at) + rng.integers(0, 28, len(company)).astype("timedelta64[D]")
    undone = opened + rng.integers(30, 120, len(company)).astype("timedelta64[D]")
    opening = np.where(final, Nature.OPENING_LIQUIDATION, Nature.OPENING_REDRESSEMENT)
    ending = np.where(final, Nature.RETRACTED_LIQUIDATION, Nature.RETRACTED_REDRESSEMENT)
    pairs = (np.r_[company, company], np.r_[opening, ending], np.r_[opened, undone])
    return _published(*pairs, parameters, rng)


def _undone(notices: Notices, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """The notices, and those that correct a wrong day or cancel a notice published twice."""
    draw = rng.random(notices.count)
    wrong, twice = draw < parameters.corrected, draw > 1 - parameters.published_twice
    wait = rng.integers(8, 60, notices.count).astype("timedelta64[D]")
    named = rng.random(notices.count) < parameters.earlier_named
    rank = np.arange(notices.count)
    off = np.where(wrong, rng.integers(2, 20, notices.count), 0).astype("timedelta64[D]")
    first = replace(notices, judged=notices.judged - off)
    correction = replace(
        notices.take(wrong),
        published=_weekday((notices.published + wait)[wrong]),
        type=np.full(wrong.sum(), Type.RECTIFICATIF, dtype=np.int64),
        corrects=np.where(named, rank, NOBODY)[wrong],
    )
    again = replace(notices.take(twice), published=_weekday((notices.published + 5 * _DAY)[twice]))
    place = notices.count + wrong.sum() + np.arange(twice.sum())
    cancelled = replace(
        again,
        published=_weekday(again.published + wait[twice]),
        type=np.full(twice.sum(), Type.ANNULATION, dtype=np.int64),
        corrects=np.where(named[twice], place, NOBODY),
    )
    return _joined(_joined(first, correction), _joined(again, cancelled))


def _published(company: Ints, nature: Ints, judged: Dates, parameters: Bodacc, rng: np.random.Generator) -> Notices:
    """Notices of judgments, days to weeks after them."""
    mean, spread, longest = parameters.days
    delay = np.exp(mean + spread * rng.standard_normal(len(company)))
    published = judged + np.clip(delay, parameters.shortest, longest).astype("timedelta64[D]")
    type_ = np.full(len(company), Type.ANNONCE, dtype=np.int64)
    return Notices(company, nature, judged, _weekday(published), type_, np.full(len(company), NOBODY, dtype=np.int64))


def _weekday(day: Dates) -> Dates:
    """The same day, or the Monday that follows a Saturday or a Sunday."""
    of_week = (day.astype("datetime64[D]").astype(np.int64) + 3) % 7  # 0 is a Monday
    return np.asarray(day + np.where(of_week > 4, 7 - of_week, 0).astype("timedelta64[D]"))


def _joined(one: Notices, other: Notices) -> Notices:
    return Notices(*(np.concatenate([getattr(one, field.name), getattr(other, field.name)]) for field in fields(one)))


def _ordered(notices: Notices) -> Notices:
    """By company then publication, the ranks of the notices corrected following them."""
    order = np.lexsort((notices.type, notices.published, notices.company))
    place = np.empty(notices.count, dtype=np.int64)
    place[order] = np.arange(notices.count)
    moved = notices.take(order)
    return replace(moved, corrects=np.where(moved.corrects == NOBODY, NOBODY, place[moved.corrects]))
