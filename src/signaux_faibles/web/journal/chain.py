"""The chain of the journal: each entry holds the digest of the one before, so that none can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

GENESIS = "0" * 64
"""What the first entry of all follows."""


@dataclass(frozen=True)
class Content:
    """What an entry says, all of it under its digest.

    Attributes:
        sequence: from one, without a gap, zero before it has one; segment: the month that holds it, as `2026-11`.
        account: the address of whoever acted; subject: a siren, a siret, a list, an account.
        families: what was read; detail: the rest, as canonical JSON.
    """

    sequence: int
    segment: str
    at: datetime
    kind: str
    account: str
    administration: str
    subject: str
    families: str
    detail: str


@dataclass(frozen=True)
class Link:
    """An entry in the chain: its content, the digest of the entry before, its own."""

    content: Content
    previous: str
    digest: str


def digest_of(previous: str, content: Content) -> str:
    """The digest of an entry that follows another one."""
    return hashlib.sha256(f'["{previous}",{content.sequence},{after_place(content)}'.encode()).hexdigest()


def after_place(content: Content) -> str:
    """What is under the digest after the digest before and the number, which only the database knows in time."""
    _, *values = (one.isoformat() if isinstance(one, datetime) else one for one in astuple(content))
    return canonical(values)[1:]


def canonical(value: object) -> str:
    """One text for one value, whatever the order of its keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def first_break(links: Iterable[Link], *, sequence: int, previous: str) -> str:
    """The first place where the chain does not hold, in a sentence; empty when it holds.

    Args:
        sequence: of the first link; previous: the digest that it follows.
    """
    for link in links:
        content = link.content
        if content.sequence != sequence:
            return f"l’entrée n° {sequence} manque : la suivante est la n° {content.sequence}."
        if link.previous != previous:
            return f"l’entrée n° {sequence} ne suit pas celle qui la précède."
        if digest_of(previous, content) != link.digest:
            return f"l’entrée n° {sequence} a été modifiée."
        sequence, previous = sequence + 1, link.digest
    return ""
