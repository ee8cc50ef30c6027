"""The answer of a right: whether something is allowed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

W = TypeVar("W", bound=Enum)


@dataclass(frozen=True)
class Verdict(Generic[W]):
    """Whether something is allowed, and why, in the words that the agent reads."""

    allowed: bool
    why: W


class RefusedByRight(Exception):
    """An act that a right refuses; the reason is a sentence."""

    def __init__(self, verdict: Verdict[Any]) -> None:
        super().__init__(verdict.why.value)
        self.verdict = verdict
