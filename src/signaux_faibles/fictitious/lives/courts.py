"""What courts decide after a failure: observation, plan, liquidation, end (import-chain §5.7, §8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from signaux_faibles.fictitious.months import LAST, Dates, Months, first_day
from signaux_faibles.fictitious.parameters.world import Procedures
from signaux_faibles.fictitious.people.population import Bools, Ints


class Case(IntEnum):
    """Where a company stands."""

    IN_BONIS = 0
    OBSERVATION = 1
    PLAN = 2
    LIQUIDATION = 3


class ProcedureKind(IntEnum):
    """The three kinds of procedure."""

    SAUVEGARDE = 0
    REDRESSEMENT = 1
    LIQUIDATION = 2


class ProcedureStage(IntEnum):
    """The stages of a procedure that Urssaf records."""

    OUVERTURE = 0
    PLAN_CONTINUATION = 1
    INCLUSION_AUTRE_PROCEDURE = 2
    FIN_PROCEDURE = 3
    SOLDE_PROCEDURE = 4


NO_CAUSE = -1


@dataclass(frozen=True)
class Events:
    """Events of procedures, in the order in which they happened.

    Attributes:
        company: rank in the part.
        day: day of effect.
        kind: a `ProcedureKind`.
        stage: a `ProcedureStage`.
        cause: rank in `lives.CAUSES` for the opening that makes a failure; `NO_CAUSE` for all others.
    """

    company: Ints
    day: Dates
    kind: Ints
    stage: Ints
    cause: Ints

    @property
    def failures(self) -> Bools:
        """The openings by which a company in bonis enters a procedure."""
        return np.asarray(self.cause != NO_CAUSE)


class Courts:
    """The procedures under way, one case per company."""

    def __init__(self, count: int, parameters: Procedures, rng: np.random.Generator) -> None:
        self.case = np.zeros(count, dtype=np.int8)
        self._law, self._chance = parameters, rng
        self._kind: Ints = np.zeros(count, dtype=np.int64)
        self._decision: Months = np.full(count, LAST, dtype=np.int32)
        self._written: list[tuple[Ints, Dates, Ints, Ints, Ints]] = []

    def open(self, companies: Ints, now: int, small: Bools, cause: Ints) -> None:
        """Open a procedure for companies in bonis that fail."""
        parameters, draw = self._law, self._chance.random(len(companies))
        direct = np.where(small, parameters.direct_liquidation_small, parameters.direct_liquidation)
        gentle = np.where(small, parameters.sauvegarde_small, parameters.sauvegarde)
        kind = np.where(draw < direct, ProcedureKind.LIQUIDATION, ProcedureKind.REDRESSEMENT)
        kind = np.where(draw > 1 - gentle, ProcedureKind.SAUVEGARDE, kind)
        day = self._days(companies, now)
        self._write(companies, day, kind, ProcedureStage.OUVERTURE, cause)
        self._enter(companies, kind, now)

    def go_on(self, now: int) -> Ints:
        """Decide the cases that are due this month; return the companies whose liquidation is closed."""
        due = np.flatnonzero((self._decision == now) & (self.case == Case.OBSERVATION))
        broken = self._chance.random(len(self.case)) < self._law.plan_broken
        failing_plan = np.flatnonzero((self.case == Case.PLAN) & broken & (self._decision > now))
        finished = np.flatnonzero((self.case == Case.PLAN) & (self._decision == now))
        closed = np.flatnonzero((self.case == Case.LIQUIDATION) & (self._decision == now))
        self._decide(due, now)
        self._convert(failing_plan, ProcedureKind.LIQUIDATION, now)
        self._write(finished, self._days(finished, now), self._kind[finished], ProcedureStage.FIN_PROCEDURE)
        self.case[finished] = Case.IN_BONIS
        self._write(closed, self._days(closed, now), self._kind[closed], ProcedureStage.SOLDE_PROCEDURE)
        return closed

    def adopt(self, others: Courts, companies: Ints) -> None:
        """Copy the cases of some companies from another life."""
        self.case[companies] = others.case[companies]
        self._kind[companies] = others._kind[companies]
        self._decision[companies] = others._decision[companies]

    def events(self) -> Events:
        """Everything that was decided."""
        columns = [np.concatenate(column) for column in zip(*self._written, strict=True)]
        return Events(*columns)

    def _decide(self, due: Ints, now: int) -> None:
        """End the observation: conversion, plan, or end without plan."""
        parameters, draw = self._law, self._chance.random(len(due))
        gentle = self._kind[due] == ProcedureKind.SAUVEGARDE
        plan = draw < np.where(gentle, parameters.sauvegarde_plan, parameters.redressement_plan)
        softer = gentle & ~plan & (draw < parameters.sauvegarde_plan + parameters.sauvegarde_to_redressement)
        last = np.where(gentle, 1.0, parameters.redressement_plan + parameters.redressement_to_liquidation)
        converted = ~plan & ~softer & (draw < last)
        self._adopt(due[plan], now)
        self._convert(due[softer], ProcedureKind.REDRESSEMENT, now)
        self._convert(due[converted], ProcedureKind.LIQUIDATION, now)
        ended = due[~plan & ~softer & ~converted]
        self._write(ended, self._days(ended, now), self._kind[ended], ProcedureStage.FIN_PROCEDURE)
        self.case[ended] = Case.IN_BONIS

    def _adopt(self, companies: Ints, now: int) -> None:
        low, high = self._law.plan_years
        self._write(companies, self._days(companies, now), self._kind[companies], ProcedureStage.PLAN_CONTINUATION)
        self.case[companies] = Case.PLAN
        self._decision[companies] = now + 12 * self._chance.integers(low, high + 1, len(companies))

    def _convert(self, companies: Ints, kind: ProcedureKind, now: int) -> None:
        """A procedure gives way to a graver one, which includes it the same day."""
        day = self._days(companies, now)
        self._write(companies, day, self._kind[companies], ProcedureStage.INCLUSION_AUTRE_PROCEDURE)
        kinds = np.full(len(companies), kind, dtype=np.int64)
        self._write(companies, day, kinds, ProcedureStage.OUVERTURE)
        self._enter(companies, kinds, now)

    def _enter(self, companies: Ints, kind: Ints, now: int) -> None:
        final = kind == ProcedureKind.LIQUIDATION
        observation = self._chance.integers(*self._law.observation, len(companies), endpoint=True)
        closing = self._chance.integers(*self._law.liquidation_months, len(companies), endpoint=True)
        self.case[companies] = np.where(final, Case.LIQUIDATION, Case.OBSERVATION)
        self._kind[companies] = kind
        self._decision[companies] = now + np.where(final, closing, observation)

    def _days(self, companies: Ints, now: int) -> Dates:
        start = first_day(np.full(len(companies), now))
        return np.asarray(start + self._chance.integers(0, 28, len(companies)).astype("timedelta64[D]"))

    def _write(self, companies: Ints, day: Dates, kind: Ints, stage: ProcedureStage, cause: Ints | None = None) -> None:
        if cause is None:
            cause = np.full(len(companies), NO_CAUSE)
        stages = np.full(len(companies), stage, dtype=np.int64)
        self._written.append((companies, day, kind, stages, cause))
