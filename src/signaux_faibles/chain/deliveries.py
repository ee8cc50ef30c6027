"""What a batch delivers, what it takes over from earlier ones, and the breaches accepted by name (DESIGN §4)."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from signaux_faibles.chain.errors import RunStopped, TooManyRejects
from signaux_faibles.chain.staging import StagedFile, stage
from signaux_faibles.relations.files import write_text
from signaux_faibles.snapshot.home import Home
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.contract import Contract, Delivery
from signaux_faibles.sources.discovery import discover
from signaux_faibles.sources.errors import DeliveryRefused

MISSING, TOO_MANY_REJECTS = "manquant", "rejets"


@dataclass(frozen=True)
class Acceptance:
    """A breach accepted by name: `manquant:TYPE` or `rejets:FICHIER`, and why."""

    rule: str
    subject: str
    reason: str

    @classmethod
    def parse(cls, text: str, reason: str) -> Acceptance:
        """Read `RULE:SUBJECT`.

        Raises:
            RunStopped: the text is not so written, the rule is unknown, or no reason is given.
        """
        rule, _, subject = text.partition(":")
        if rule not in (MISSING, TOO_MANY_REJECTS) or not subject:
            raise RunStopped(f"--accept {text} : écrivez {MISSING}:TYPE ou {TOO_MANY_REJECTS}:FICHIER.")
        if not reason.strip():
            raise RunStopped(f"--accept {text} : donnez la raison avec --reason.")
        return cls(rule, subject, reason.strip())


@dataclass
class BatchFiles:
    """The files that a batch stands on.

    Attributes:
        delivered: staged files of each type that the batch itself delivered.
        carried: for each type not delivered, the earlier batch whose files serve.
        accepted: the breaches accepted.
        warnings: French sentences for the report.
    """

    batch: str
    fictitious: bool
    delivered: dict[str, list[StagedFile]] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    accepted: list[Acceptance] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def write(self, home: Home) -> None:
        """Keep it as the manifest of the batch."""
        write_text(home.batches / f"{self.batch}.json", json.dumps(asdict(self), ensure_ascii=False, indent=1))

    @classmethod
    def read(cls, home: Home, batch: str) -> BatchFiles:
        """The manifest of an accepted batch."""
        content = json.loads((home.batches / f"{batch}.json").read_text(encoding="utf-8"))
        content["delivered"] = {t: [StagedFile(**f) for f in files] for t, files in content["delivered"].items()}
        content["accepted"] = [Acceptance(**one) for one in content["accepted"]]
        return cls(**content)


def accept_batch(
    batch: str,
    deliveries: Path,
    home: Home,
    contracts: dict[str, Contract],
    *,
    needed: Collection[str],
    accepted: list[Acceptance],
    carry_over: set[str],
    tell: Callable[[str], None],
) -> BatchFiles:
    """Stage what a batch delivers and settle what it takes over.

    Args:
        contracts: every type that can be read; needed: those that must have been delivered once at least.
    Raises:
        RunStopped: the folder is missing, a due file is missing, a file breaks its contract or holds too many
            rejects, and that breach was not accepted by name.
    """
    folder = deliveries / batch
    try:
        found = discover(folder)
    except DeliveryRefused as error:
        raise RunStopped(str(error)) from error
    files = BatchFiles(batch, found.fictitious, accepted=accepted, warnings=found.sentences)
    if found.ambiguous:
        raise RunStopped(" ".join(found.sentences))
    for name, contract in contracts.items():
        if name in found.files and name not in carry_over:
            files.delivered[name] = [
                _accepted_file(path, contract, batch, home, accepted, tell) for path in found.files[name]
            ]
        else:
            _settle_missing(contract, batch, home, files, carry_over, needed=name in needed)
    files.write(home)
    return files


def accepted_batches(home: Home, up_to: str) -> list[str]:
    """The batches accepted so far, the oldest first, up to one batch included; keys compare as months."""
    keys = sorted((path.stem for path in home.batches.glob("*.json")), key=batch_month)
    return [key for key in keys if batch_month(key) <= batch_month(up_to)]


def delivered_at(batch: str) -> date:
    """The day by which what a batch delivered is known: the last of its month."""
    month = batch_month(batch)
    return month.replace(day=monthrange(month.year, month.month)[1])


def _accepted_file(
    path: Path, contract: Contract, batch: str, home: Home, accepted: list[Acceptance], tell: Callable[[str], None]
) -> StagedFile:
    tell(f"Lecture de {path.name}")
    try:
        staged = stage(path, contract, batch, home)
    except DeliveryRefused as error:
        raise RunStopped(
            f"{error} La publication en place n'est pas touchée. Corrigez le fichier, ou gardez le précédent avec "
            f"--carry-over {contract.name}."
        ) from error
    tolerated = any(one.rule == TOO_MANY_REJECTS and one.subject == path.name for one in accepted)
    if staged.reject_rate > contract.reject_threshold and not tolerated:
        raise TooManyRejects(_too_many(staged, contract, home), staged)
    return staged


def _too_many(staged: StagedFile, contract: Contract, home: Home) -> str:
    rejected, read = staged.report["rows_rejected"], staged.report["rows_read"]
    return (
        f"{staged.file} : {rejected} rejets sur {read} lignes ({staged.reject_rate:.1%}, seuil "
        f"{contract.reject_threshold:.0%}). Rejets et raisons : {home.root / staged.rejects}. Redemandez le fichier, "
        f"gardez le précédent (--carry-over {contract.name}) ou acceptez-le "
        f"(--accept {TOO_MANY_REJECTS}:{staged.file} --reason « … »)."
    )


def _settle_missing(
    contract: Contract, batch: str, home: Home, files: BatchFiles, carry_over: set[str], *, needed: bool
) -> None:
    """Take the type over from the last batch that delivered it, accept its absence, or stop the run."""
    if contract.delivery is Delivery.OWN_BATCH:
        return
    last = _last_delivery(contract.name, batch, home)
    tolerated = any(one.rule == MISSING and one.subject == contract.name for one in files.accepted)
    if last is None:
        if needed and not tolerated:
            raise RunStopped(_missing(contract, files, "aucun lot antérieur ne l'a livré"))
        if contract.due.day is not None:
            files.warnings.append(f"{contract.title} : jamais livré, les tables qui en viennent sont vides.")
        return
    due = contract.due.expected_in(batch_month(batch), batch_month(last))
    if due and contract.name not in carry_over and not tolerated:
        raise RunStopped(_missing(contract, files, f"gardez le lot {last} (--carry-over {contract.name})"))
    files.carried[contract.name] = last


def _missing(contract: Contract, files: BatchFiles, advice: str) -> str:
    """The sentence, then what else was seen: a file that is missing may stand there under another name."""
    names = " ou ".join(contract.files.exact)
    sentence = (
        f"{contract.title} : fichier attendu et absent du lot {files.batch} ({names}). Déposez-le ; sinon {advice}, ou "
        f"acceptez son absence (--accept {MISSING}:{contract.name} --reason « … »)."
    )
    return " ".join([sentence, *files.warnings])


def _last_delivery(name: str, batch: str, home: Home) -> str | None:
    earlier = [key for key in accepted_batches(home, batch) if key != batch]
    delivering = [key for key in earlier if name in BatchFiles.read(home, key).delivered]
    return delivering[-1] if delivering else None
