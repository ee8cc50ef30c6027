"""Breaches accepted by name, with a reason that the manifest keeps; never in bulk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from signaux_faibles.chain.errors import RunStopped

MISSING, TOO_MANY_REJECTS, VOLUME = "manquant", "rejets", "volume"
FORMS = f"{MISSING}:TYPE, {TOO_MANY_REJECTS}:FICHIER ou {VOLUME}:TYPE"


@dataclass(frozen=True)
class Acceptance:
    """An accepted breach: a due type that is missing, the rejects of a file, or a fall in the volume of a type."""

    rule: str
    subject: str
    reason: str

    @classmethod
    def parse(cls, text: str, reason: str) -> Acceptance:
        """Read `RULE:SUBJECT`.

        Raises:
            RunStopped: the text has another form, the rule is unknown, or no reason is given.
        """
        rule, _, subject = text.partition(":")
        if rule not in (MISSING, TOO_MANY_REJECTS, VOLUME) or not subject:
            raise RunStopped(f"--accept {text} : écrivez {FORMS}.")
        if not reason.strip():
            raise RunStopped(f"--accept {text} : donnez la raison avec --reason.")
        return cls(rule, subject, reason.strip())


@dataclass
class Acceptances:
    """The acceptances of a run, and which of them were used."""

    all: Collection[Acceptance]
    used: list[Acceptance] = field(default_factory=list)

    def covers(self, rule: str, subject: str) -> bool:
        """Whether a breach was accepted; the acceptance is then counted as used."""
        for one in self.all:
            if (one.rule, one.subject) == (rule, subject):
                self.used.append(one)
                return True
        return False

    def useless(self) -> list[str]:
        """A sentence for each acceptance that was not used: its name may be a mistake."""
        unused = [one for one in self.all if one not in self.used]
        return [f"--accept {one.rule}:{one.subject} n'a pas servi : il n'y avait rien à accepter." for one in unused]

    def check(self, types: Collection[str], files: Collection[str]) -> None:
        """Refuse an acceptance that names no type, or no file of the batch.

        Raises:
            RunStopped: the sentence names it.
        """
        for one in self.all:
            subjects = files if one.rule == TOO_MANY_REJECTS else types
            if one.subject not in subjects:
                what = "n'est pas un fichier du lot" if one.rule == TOO_MANY_REJECTS else "n'est pas un type de fichier"
                raise RunStopped(f"--accept {one.rule}:{one.subject} : « {one.subject} » {what}.")
