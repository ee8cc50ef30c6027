"""The whole invented country, delivered at a batch: employers part by part, then the rest of the register."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from signaux_faibles.fictitious.agents.export import AgentsExport
from signaux_faibles.fictitious.deliveries import FILES, TABLES
from signaux_faibles.fictitious.files import headcounts as headcount_files
from signaux_faibles.fictitious.files import rest_of_the_register as register
from signaux_faibles.fictitious.files.defects import defective_lines
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.files.writing import RawFile
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.parameters.world import WORLDS, Scale
from signaux_faibles.fictitious.part import invent_part
from signaux_faibles.fictitious.people import population
from signaux_faibles.fictitious.rng import stream
from signaux_faibles.fictitious.truth.truth import Truth

Progress = Callable[[str, int, int], None]
"""Called with what is being done (in French), the number of parts done and of all parts."""
AGENTS = "agents"
"""The folder of what agents wrote, beside those of the batches."""


@dataclass(frozen=True)
class Invention:
    """What was written.

    Attributes:
        batch: its key, AAMM.
        folder: the folder of the batch.
        truth: the folder of the truth.
        agents: the folder of what agents wrote, in the formats of `sf import`.
        rows: rows of each file, by name of the type, without the few defective lines.
    """

    batch: str
    folder: Path
    truth: Path
    agents: Path
    rows: dict[str, int] = field(default_factory=dict)


def invent(
    dest: Path,
    *,
    scale: Scale,
    batch: str,
    seed: int,
    world: str = "reference",
    after: str | None = None,
    progress: Progress | None = None,
) -> Invention:
    """Write what administrations would have delivered in a month.

    Two batches of the same seed, world and scale are the same country seen at two dates; the same call writes the same
    bytes. Existing files are replaced.

    Args:
        dest: receives `<batch>/`, with the raw files, `agents/<batch>/`, with what agents wrote, and `truth/`.
        scale: how large the country is.
        batch: month of delivery, AAMM, from 1102 to 2712.
        seed: another seed gives another country, which obeys the same laws.
        world: name of a set of mechanisms in `parameters.WORLDS`.
        after: the batch delivered before this one; files delivered by increments hold what was published since, or
            everything when this batch is the first.
        progress: called after each part.

    Raises:
        ValueError: the batch or the world is unknown, or `after` is not before the batch.
    """
    if world not in WORLDS:
        raise ValueError(f"Le monde « {world} » n'existe pas ; mondes connus : {', '.join(WORLDS)}.")
    return _Delivery(Path(dest), scale, Batch(batch, after), seed, world, progress or _silent).write()


def _silent(_what: str, _done: int, _all: int) -> None:
    """Nobody watches."""


class _Delivery:
    """A batch being written."""

    def __init__(self, dest: Path, scale: Scale, batch: Batch, seed: int, world: str, progress: Progress) -> None:
        self._dest, self._scale, self._batch = dest, scale, batch
        self._seed, self._world, self._progress = seed, world, progress
        self._truth = Truth(dest / "truth")
        self._agents = AgentsExport(dest / AGENTS / batch.key, batch, seed, world)
        self._tables = [table for table in TABLES if table.due(self._batch)]
        self._written: dict[str, RawFile] = {}
        self._others: dict[str, PartFile] = {}

    def write(self) -> Invention:
        """Write every file of the batch, and the truth."""
        folder = self._dest / self._batch.key
        months = headcount_files.month_headers(self._batch, WORLDS[self._world].headcount)
        with ExitStack() as stack:
            stack.enter_context(self._truth)
            for table in self._tables:
                headers = months if table.layout.contract.months else ()
                file = stack.enter_context(RawFile(table.layout, folder, headers))
                self._written[table.layout.contract.name] = file
            for other in FILES:
                if other.due(self._batch):
                    self._others[other.name] = stack.enter_context(other.open(folder, self._batch))
            self._employers()
            self._register()
            for table in self._tables:
                file = self._written[table.layout.contract.name]
                file.append(defective_lines(table.layout, file.headers, file.rows))
        self._agents.write()
        rows = {name: file.rows for name, file in self._written.items()}
        rows |= {name: file.rows for name, file in self._others.items()}
        return Invention(self._batch.key, folder, self._dest / "truth", self._dest / AGENTS / self._batch.key, rows)

    def _employers(self) -> None:
        size = self._scale.size
        parts = population.parts(size, WORLDS[self._world].population)
        for number, ranks in enumerate(parts):
            self._progress("Entreprises qui emploient", number, len(parts))
            part = invent_part(ranks, number, size, self._seed, self._world)
            self._truth.add(part)
            self._agents.add(part)
            for table in self._tables:
                self._written[table.layout.contract.name].write(table.rows(part, self._batch))
            for other in self._others.values():
                other.add(part)
        self._progress("Entreprises qui emploient", len(parts), len(parts))

    def _register(self) -> None:
        parts = list(register.parts(self._scale.size.register))
        for number, ranks in enumerate(parts):
            self._progress("Reste du répertoire SIRENE", number, len(parts))
            units = register.draw(ranks, stream(self._seed, self._world, "register", number))
            where = stream(self._seed, self._world, "register addresses", number)
            self._written["sirene_ul"].write(register.legal_units(units, self._batch))
            self._written["sirene"].write(register.establishments(units, self._batch, where))
            self._written["sirene_histo"].write(register.history(units, self._batch))
        self._progress("Reste du répertoire SIRENE", len(parts), len(parts))
