"""What one batch rests on: the files it delivered, those it carries over, the breaches accepted by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.intake.staging import StagedFile
from signaux_faibles.chain.machine_limits import limit_reached
from signaux_faibles.home.damage import Damaged, digested, read_shaped, run_again
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text
from signaux_faibles.sources.batch import batch_month


@dataclass
class BatchFiles:
    """The files that a batch rests on.

    Attributes:
        delivered: staged files of each type that the batch itself delivered.
        carried: for each type not delivered, the earlier batch whose files are used.
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
        write_text(home.batches / f"{self.batch}.json", digested(asdict(self)))

    @classmethod
    def read(cls, home: Home, batch: str) -> BatchFiles:
        """The manifest of an accepted batch.

        Raises:
            Damaged: it cannot be read.
        """
        file = home.batches / f"{batch}.json"
        remedy = f"{run_again(batch)}, puis votre commande."
        return read_shaped(file, remedy, cls._of)

    @classmethod
    def _of(cls, content: dict[str, Any]) -> BatchFiles:
        content["delivered"] = {t: [StagedFile(**f) for f in files] for t, files in content["delivered"].items()}
        content["accepted"] = [Acceptance(**one) for one in content["accepted"]]
        return cls(**content)


def kept_batches(home: Home) -> list[str]:
    """The keys of the batches that have a manifest, the oldest first.

    Raises:
        Damaged: a file among the manifests is named for no month.
    """
    files = list(home.batches.glob("*.json"))
    for file in files:
        _check_name(file)
    return sorted((file.stem for file in files), key=batch_month)


def damaged_batches(home: Home) -> Iterator[str]:
    """The sentence for each manifest of a batch that cannot be read, or that another version wrote."""
    for file in sorted(home.batches.glob("*.json")):
        try:
            _check_name(file)
            BatchFiles.read(home, file.stem)
        except Damaged as error:
            yield str(error)
        except OSError as error:
            yield limit_reached(error) or str(Damaged(file, f"{run_again(file.stem)}.", "ne peut pas être lu"))


def _check_name(file: Path) -> None:
    try:
        batch_month(file.stem)
    except ValueError as error:
        raise Damaged(file, "déplacez-le ailleurs.", "n'est le manifeste d'aucun lot") from error
