"""`sf run`: from the deliveries of a batch to a published snapshot, resumable at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from signaux_faibles.chain.build import Build
from signaux_faibles.chain.events import Announce, RunEvent, WorkKind, silent
from signaux_faibles.chain.intake.arrival import accept_batch
from signaux_faibles.chain.intake.batch_files import BatchFiles
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.plan import NEEDED
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.writing import writing
from signaux_faibles.detection.learning.archive import promoted, read_model
from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.relations.files import remove_drafts
from signaux_faibles.snapshot.publication import publish, step_back
from signaux_faibles.sources.registry import CONTRACTS


@dataclass
class RunOutcome:
    """What a run did: the batch, the snapshot if one was finished, and whether it was published."""

    files: BatchFiles
    snapshot: str | None = None
    manifest: Manifest | None = None
    published: bool = False
    resumed: list[str] = field(default_factory=list)


def run(options: RunOptions, home: Home, announce: Announce = silent) -> RunOutcome:
    """Run a batch up to `options.until`.

    Raises:
        RunStopped: a sentence says why and how to fix it; the published snapshot is untouched.
        DetectionRefused: the promoted model cannot be read; checked first, since scores come after hours of work.
    """
    with writing(home):
        if Stage.SCORE.reached_by(options.until):
            _check_model(home)
        remove_drafts(home.staging)  # of a run killed while it read: no other process writes there now
        deliveries = Deliveries.before(home, options.batch)
        files = accept_batch(
            options.batch,
            options.deliveries,
            deliveries,
            CONTRACTS,
            needed=NEEDED if options.filtered else (),
            accepted=options.accepted,
            carry_over=set(options.carry_over),
            announce=announce,
        )
        outcome = RunOutcome(files)
        if options.until is Stage.STAGING:
            return outcome
        build = Build(options, deliveries.with_batch(files), announce)
        outcome.snapshot = build.id
        just_built = not build.finished
        if just_built:
            outcome.resumed = build.tables()
            if not Stage.SCORE.reached_by(options.until):
                return outcome
            build.finish()
        outcome.manifest = Manifest.read(home.snapshots / build.id)
        if options.until is Stage.PUBLISH:
            _publish(outcome, outcome.manifest, home, announce, just_built=just_built)
        return outcome


def _check_model(home: Home) -> None:
    name = promoted(home)
    if name is not None:
        read_model(home, name)


def _publish(outcome: RunOutcome, manifest: Manifest, home: Home, announce: Announce, *, just_built: bool) -> None:
    announce(RunEvent(WorkKind.PUBLICATION))
    reason = _withheld(manifest, home)
    if reason:
        outcome.files.warnings.insert(0, reason)
    else:
        publish(home, manifest.id, just_built=just_built)
        outcome.published = True


def _withheld(manifest: Manifest, home: Home) -> str | None:
    """Why a finished snapshot may only be published by name: a sentence, or None."""
    if manifest.filtered and not manifest.tables["clean_filter"].rows:
        return (
            "Aucune entreprise n'entre dans le périmètre : l'instantané n'est pas publié. Vérifiez les effectifs et le "
            f"répertoire ; pour le publier quand même : sf publish --snapshot {manifest.id}."
        )
    return step_back(home, manifest.id)
