"""What can be wrong with a delivery, in sentences (docs/style.md)."""

from __future__ import annotations

from dataclasses import dataclass


class DeliveryRefused(Exception):
    """A file cannot be read at all; the message is a French sentence that names the file and the fix."""


@dataclass(frozen=True)
class Reject:
    """A record that breaks the contract: where it is, why, and its text as delivered."""

    line: int
    reason: str
    content: str
