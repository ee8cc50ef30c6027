"""The whole invented country, delivered at a batch: employers part by part, then the rest of the register."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from signaux_faibles.fictitious import debts, establishments, insee, layouts, lives, population, register, urssaf
from signaux_faibles.fictitious.chance import stream
from signaux_faibles.fictitious.defects import defective_lines
from signaux_faibles.fictitious.layouts import Layout
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.parameters import WORLDS, Scale, World
from signaux_faibles.fictitious.truth import Truth
from signaux_faibles.fictitious.writing import RawFile

Progress = Callable[[str, int, int], None]
"""Called with what is being done (in French), the parts done and the parts in all."""


@dataclass(frozen=True)
class Invention:
    """What was written.

    Attributes:
        batch: its key, AAMM.
        folder: the folder of the batch.
        truth: the folder of the truth.
        rows: rows of each file, by name of the type; the few defective lines are counted.
    """

    batch: str
    folder: Path
    truth: Path
    rows: dict[str, int] = field(default_factory=dict)


def invent(
    dest: Path,
    *,
    scale: Scale,
    batch: str,
    seed: int,
    world: str = "reference",
    progress: Progress | None = None,
) -> Invention:
    """Write what administrations would have delivered in a month (DESIGN §9).

    Two batches of the same seed, world and scale are the same country seen at two dates; the same call writes the same
    bytes. Existing files are replaced.

    Args:
        dest: receives `<batch>/`, with the raw files, and `truth/`.
        scale: how large the country is.
        batch: month of delivery, AAMM, from 1002 to 2712.
        seed: whatever its value, the country obeys the same laws.
        world: name of a set of mechanisms in `parameters.WORLDS`.
        progress: told of each part done.

    Raises:
        ValueError: the batch or the world is unknown.
    """
    if world not in WORLDS:
        raise ValueError(f"Le monde « {world} » n'existe pas ; mondes connus : {', '.join(WORLDS)}.")
    return _Delivery(Path(dest), scale, Batch(batch), seed, world, progress or _silent).write()


def _silent(_what: str, _done: int, _all: int) -> None:
    """Nobody watches."""


class _Delivery:
    """A batch being written."""

    def __init__(self, dest: Path, scale: Scale, batch: Batch, seed: int, world: str, progress: Progress) -> None:
        self._dest, self._scale, self._batch = dest, scale, batch
        self._seed, self._world, self._progress = seed, world, progress
        self._law: World = WORLDS[world]
        self._truth = Truth()
        self._files: dict[str, RawFile] = {}

    def write(self) -> Invention:
        """Write every file of the batch, and the truth."""
        folder = self._dest / self._batch.key
        with ExitStack() as stack:
            for layout, months in self._layouts():
                self._files[layout.contract.name] = stack.enter_context(RawFile(layout, folder, months))
            self._employers()
            self._register()
            for layout, _ in self._layouts():
                file = self._files[layout.contract.name]
                file.append(defective_lines(layout, file.headers, file.rows))
        self._truth.write(self._dest / "truth")
        rows = {name: file.rows for name, file in self._files.items()}
        return Invention(self._batch.key, folder, self._dest / "truth", rows)

    def _layouts(self) -> list[tuple[Layout, list[str]]]:
        months = urssaf.headcount_months(self._batch, self._law.headcount)
        plain = (layouts.ESTABLISHMENTS, layouts.LEGAL_UNITS, layouts.DEBTS, layouts.PROCEDURES)
        return [(layout, []) for layout in plain] + [(layouts.HEADCOUNTS_OF_COMPANIES, months)]

    def _employers(self) -> None:
        parts = population.parts(self._scale.size, self._law.population)
        for number, ranks in enumerate(parts):
            self._progress("Entreprises qui emploient", number, len(parts))
            self._part(ranks, number)
        self._progress("Entreprises qui emploient", len(parts), len(parts))

    def _part(self, ranks: range, part: int) -> None:
        """Live and write the employers of one part; every subject has its own chance."""
        law, batch = self._law, self._batch

        def chance(subject: str) -> np.random.Generator:
            return stream(self._seed, self._world, subject, part)

        employers = population.draw(ranks, self._scale.size, law.population, chance("population"))
        story = lives.live(employers, law, chance("lives"))
        sites = establishments.draw(employers, law.population, chance("establishments"))
        who = insee.identities(employers, story.end.astype(np.int64), law.population, chance("identities"))
        gaps = debts.gaps(employers, story, law.debt, chance("gaps"))
        versions = debts.versions(gaps, story.events, chance("versions"))
        accounts = urssaf.accounts(gaps, sites, chance("accounts"))
        self._truth.add(employers, story, gaps)
        names = pc.coalesce(who.name, who.last_name)
        tables = {
            "sirene": insee.establishments(employers, who, sites, batch, chance("addresses")),
            "sirene_ul": insee.legal_units(employers, who, sites, batch),
            "effectif_ent": urssaf.headcounts(employers, story, names, batch, law.headcount, chance("provisional")),
            "debit": urssaf.debts(employers, sites, story.events, gaps, versions, accounts, batch),
            "procol": urssaf.procedures(employers, sites, story.events, batch, law.procedures, chance("recording")),
        }
        for name, table in tables.items():
            self._files[name].write(table)

    def _register(self) -> None:
        parts = list(register.parts(self._scale.size.register))
        for number, ranks in enumerate(parts):
            self._progress("Reste du répertoire SIRENE", number, len(parts))
            units = register.draw(ranks, stream(self._seed, self._world, "register", number))
            self._files["sirene_ul"].write(register.legal_units(units, self._batch))
            where = stream(self._seed, self._world, "register addresses", number)
            self._files["sirene"].write(register.establishments(units, self._batch, where))
        self._progress("Reste du répertoire SIRENE", len(parts), len(parts))
