"""A batch being accepted: each file is read, carried over, accepted by name, or stops the run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.events import Announce, RunEvent, WorkKind
from signaux_faibles.chain.intake.acceptance import MISSING, TOO_MANY_REJECTS, VOLUME, Acceptance, Acceptances
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.intake.side_by_side import Reading, side_by_side
from signaux_faibles.chain.intake.staging import StagedFile, TooManyRejects
from signaux_faibles.home.home import Home
from signaux_faibles.home.kinds import refusal_of_kind
from signaux_faibles.relations.months import index_of
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.contract import Contract, Delivery
from signaux_faibles.sources.discovery import discover
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.wording.french import counted, number, percent

SHARP_FALL = 0.5
"""A delivery with fewer rows than this share of the previous one stops the run…"""
FALL = 0.95
"""…and one with fewer than this share is mentioned in the report…"""
ENOUGH = 100
"""…provided that the previous one had at least that many rows."""


def accept_batch(
    batch: str,
    folder: Path,
    earlier: Deliveries,
    contracts: dict[str, Contract],
    *,
    needed: Collection[str],
    accepted: Collection[Acceptance],
    carry_over: set[str],
    announce: Announce,
) -> BatchFiles:
    """Stage what a batch delivers, and decide what it carries over.

    Args:
        folder: of the deliveries; the batch is its subfolder. earlier: the batches accepted before.
        contracts: every type that can be read; needed: those that must have been delivered at least once.
    Raises:
        RunStopped: the folder is missing, a due file is missing, a file breaks its contract or holds too many
            rejects, and that breach was not accepted by name; or the home holds data of the other kind, invented or
            real.
    """
    try:
        discovery = discover(folder / batch)
    except DeliveryRefused as error:
        raise RunStopped(str(error)) from error
    if discovery.ambiguous:
        raise RunStopped(" ".join(discovery.sentences))
    other_kind = refusal_of_kind(earlier.home, batch, fictitious=discovery.fictitious)
    if other_kind:
        raise RunStopped(other_kind)
    acceptances = Acceptances(accepted)
    acceptances.check(contracts, [path.name for paths in discovery.files.values() for path in paths])
    files = BatchFiles(batch, discovery.fictitious, accepted=acceptances.used, warnings=discovery.sentences)
    arrival = _Arrival(files, earlier, acceptances, carry_over, announce)
    delivered = {
        name: (contract, discovery.files[name])
        for name, contract in contracts.items()
        if name in discovery.files and (name not in carry_over or contract.delivery is Delivery.OWN_BATCH)
    }
    with side_by_side(delivered.values(), batch, earlier.home) as readings:
        for name, contract in contracts.items():
            if name in delivered:
                arrival.take(contract, discovery.files[name], readings[name])
            else:
                arrival.settle_missing(contract, needed=name in needed)
    files.warnings.extend(acceptances.useless())
    files.write(earlier.home)
    return files


@dataclass(frozen=True)
class _Arrival:
    """The files of a batch being accepted, one type after the other."""

    files: BatchFiles
    earlier: Deliveries
    acceptances: Acceptances
    carry_over: set[str]
    announce: Announce

    def take(self, contract: Contract, paths: list[Path], reading: Reading) -> None:
        """Take the files of a type, unless one breaks its contract or they hold far fewer rows than before."""
        staged = self._accepted_files(contract, paths, reading)
        self._judge_volume(contract, staged)
        self._report_same_files(contract, staged)
        self.files.delivered[contract.name] = staged

    def _judge_volume(self, contract: Contract, staged: list[StagedFile]) -> None:
        """Stop on a sharp fall, warn of a lesser one: a file cut between two lines looks sound, only shorter.

        An increment holds one month where the first delivery held years, so only an empty one is a sign of a fault.
        """
        last = self.earlier.last_batch(contract.name)
        before, after = self._rows_of(contract.name, last), sum(file.report["rows_kept"] for file in staged)
        names = " et ".join(file.file for file in staged)
        volume = f"{names} : {counted(after, 'ligne gardée', 'lignes gardées')}"
        if contract.delivery is Delivery.INCREMENT:
            if after == 0:
                self.files.warnings.append(f"{volume} : rien de nouveau ce mois-ci ? Vérifiez la livraison.")
            self._report_skipped_months(contract, last)
            return
        fell = (after == 0 and before > 0) or (before >= ENOUGH and after < SHARP_FALL * before)
        if fell and not self.acceptances.covers(VOLUME, contract.name):
            raise RunStopped(
                f"{volume}, il y en avait {number(before)} à la livraison précédente. Vérifiez que le fichier est "
                f"entier ; sinon gardez le précédent (--carry-over {contract.name}) ou acceptez-le "
                f"(--accept {VOLUME}:{contract.name} --reason « … »)."
            )
        if after == 0 and not fell:
            self.files.warnings.append(f"{volume} : la livraison est vide. Vérifiez-la.")
        if before >= ENOUGH and after < FALL * before:
            self.files.warnings.append(f"{volume}, il y en avait {number(before)} à la livraison précédente.")

    def _report_same_files(self, contract: Contract, staged: list[StagedFile]) -> None:
        """Warn of a file that is, to the byte, that of the last delivery, when another one was due.

        It is the commonest mistake when files are copied: everything is sound, and a month older than it says.
        """
        last = self.earlier.last_batch(contract.name)
        if last is None or not contract.due.expected_in(batch_month(self.files.batch), batch_month(last)):
            return
        before = {file.sha256 for file in self.earlier.batches[last].delivered[contract.name]}
        for file in staged:
            if file.sha256 in before:
                self.files.warnings.append(
                    f"{file.file} : c'est, à l'octet près, le fichier du lot {last}. Rien de nouveau n'est livré ; "
                    "vérifiez que c'est le bon."
                )

    def _report_skipped_months(self, contract: Contract, last: str | None) -> None:
        """Warn of increments that were never run: the next ones do not repeat them."""
        skipped = index_of(batch_month(self.files.batch)) - index_of(batch_month(last)) - 1 if last else 0
        if skipped > 0:
            self.files.warnings.append(
                f"{contract.title} : rien entre les lots {last} et {self.files.batch}, soit "
                f"{counted(skipped, 'mois manquant', 'mois manquants')}. Ce qui y fut livré ne l'est plus ensuite : "
                f"passez les lots sautés, puis celui-ci de nouveau."
            )

    def settle_missing(self, contract: Contract, *, needed: bool) -> None:
        """Carry the type over from the last batch that delivered it, accept its absence, or stop the run."""
        if contract.delivery is Delivery.OWN_BATCH:
            return
        last = self.earlier.last_batch(contract.name)
        if last is None:
            if needed and not self.acceptances.covers(MISSING, contract.name):
                raise RunStopped(_missing(contract, self.files, None))
            if contract.due.day is not None:
                self.files.warnings.append(f"{contract.title} : jamais livré, les tables qui en viennent sont vides.")
            return
        due = contract.due.expected_in(batch_month(self.files.batch), batch_month(last))
        if due and contract.name not in self.carry_over and not self.acceptances.covers(MISSING, contract.name):
            raise RunStopped(_missing(contract, self.files, last))
        self.files.carried[contract.name] = last

    def _accepted_files(self, contract: Contract, paths: list[Path], reading: Reading) -> list[StagedFile]:
        for path in paths:
            self.announce(RunEvent(WorkKind.FILE, path.name))
        try:
            staged = reading.result()
        except DeliveryRefused as error:
            raise RunStopped(
                f"{error} La publication en place n'est pas touchée. Pour garder la livraison précédente : "
                f"--carry-over {contract.name}."
            ) from error
        for path, file in zip(paths, staged, strict=True):
            too_many = file.reject_rate > contract.reject_threshold
            if too_many and not self.acceptances.covers(TOO_MANY_REJECTS, path.name):
                raise TooManyRejects(_too_many(file, contract, self.earlier.home), file)
        return staged

    def _rows_of(self, name: str, last: str | None) -> int:
        """How many rows of a type a batch delivered and kept; zero without a batch."""
        files = self.earlier.batches[last].delivered[name] if last else []
        return sum(file.report["rows_kept"] for file in files)


def _too_many(staged: StagedFile, contract: Contract, home: Home) -> str:
    rejected, read = staged.report["rows_rejected"], staged.report["rows_read"]
    return (
        f"{staged.file} : {counted(rejected, 'rejet', 'rejets')} sur {counted(read, 'ligne', 'lignes')} "
        f"({percent(staged.reject_rate, 2)}, seuil {percent(contract.reject_threshold, 2)}). "
        f"Les premiers et leur raison : {home.reports / staged.batch}.txt ; tous : "
        f"{home.root / staged.rejects}. Redemandez le fichier, gardez le précédent "
        f"(--carry-over {contract.name}) ou acceptez-le "
        f"(--accept {TOO_MANY_REJECTS}:{staged.file} --reason « … »)."
    )


def _missing(contract: Contract, files: BatchFiles, last: str | None) -> str:
    """The sentence, then the other files seen: a missing file may be there under another name."""
    names = " ou ".join(contract.files.exact)
    never = "" if last else ", aucun lot antérieur ne l'a livré"
    fallback = f"ou gardez le lot {last} (--carry-over {contract.name}), " if last else ""
    sentence = (
        f"{contract.title} : fichier attendu et absent du lot {files.batch} ({names}){never}. Déposez-le, {fallback}ou "
        f"acceptez son absence (--accept {MISSING}:{contract.name} --reason « … »)."
    )
    return " ".join([sentence, *files.warnings])
