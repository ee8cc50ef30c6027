"""What the accepted batches delivered, read once for a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from signaux_faibles.chain.intake.batch_files import BatchFiles, kept_batches
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.home.damage import Damaged, run_again
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import missing_batches
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.contract import Contract, Delivery

History = list[tuple[str, list[StagedFile]]]
"""Batches that delivered a type, the oldest first, each with its staged files."""


@dataclass(frozen=True)
class Deliveries:
    """The accepted batches up to one of them.

    Attributes:
        home: the folder that the paths of the staged files start from.
        batches: what each batch rests on, by key, the oldest first; keys sort like months.
    """

    home: Home
    batches: Mapping[str, BatchFiles]

    @classmethod
    def up_to(cls, home: Home, batch: str) -> Self:
        """Read the manifests of the batches accepted so far, up to one batch included.

        Raises:
            Damaged: one of them cannot be read.
        """
        before = cls.before(home, batch).batches
        return cls(home, {**before, **({batch: BatchFiles.read(home, batch)} if _accepted(home, batch) else {})})

    @classmethod
    def before(cls, home: Home, batch: str) -> Self:
        """Read the manifests of the batches accepted before one batch, which is read anew.

        Raises:
            Damaged: one of them cannot be read, or is gone although what is published stands on it.
        """
        for key in missing_batches(home):
            if batch_month(key) < batch_month(batch):
                raise Damaged(home.batches / f"{key}.json", f"{run_again(key)}, puis votre commande.", "manque")
        keys = [key for key in kept_batches(home) if batch_month(key) < batch_month(batch)]
        return cls(home, {key: BatchFiles.read(home, key) for key in keys})

    def with_batch(self, files: BatchFiles) -> Deliveries:
        """The same, with the last batch as it now is."""
        return Deliveries(self.home, {**self.batches, files.batch: files})

    @property
    def current(self) -> BatchFiles:
        """The last batch."""
        return self.batches[list(self.batches)[-1]]

    def last_batch(self, name: str) -> str | None:
        """The last batch that delivered a type."""
        return next((key for key in reversed(list(self.batches)) if name in self.batches[key].delivered), None)

    def history(self, name: str) -> History:
        """Every delivery of a type."""
        delivered = [(key, files.delivered.get(name, [])) for key, files in self.batches.items()]
        return [(key, files) for key, files in delivered if files]

    def in_force(self, contract: Contract) -> History:
        """The deliveries whose rows still count: the last one, or all of them if each adds to those before."""
        delivered = self.history(contract.name)
        return delivered if contract.delivery is Delivery.INCREMENT else delivered[-1:]

    def latest(self, name: str) -> list[StagedFile]:
        """The staged files used for a type: those that the last batch delivered, else those it carries over."""
        if name in self.current.delivered:
            return self.current.delivered[name]
        carried = self.current.carried.get(name)
        return self.batches[carried].delivered[name] if carried else []


def _accepted(home: Home, batch: str) -> bool:
    return (home.batches / f"{batch}.json").exists()
