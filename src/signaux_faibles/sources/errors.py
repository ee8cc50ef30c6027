"""What can be wrong with a delivery, in sentences (docs/style.md)."""

from __future__ import annotations

from dataclasses import dataclass


class DeliveryRefused(Exception):
    """A file cannot be read at all; the message is a French sentence that names the file and the fix."""


@dataclass(frozen=True)
class Reject:
    """A record that breaks the contract.

    Attributes:
        line: its place in the file; reason: why it is rejected; content: its text as delivered.
        key: the siren or siret it is about, several for a notice that names several, separated by spaces; None when the
            record is too damaged to name any.
    """

    line: int
    reason: str
    content: str
    key: str | None = None
