"""What a report says about the sources of the promoted model: those that differ from what it learned."""

from __future__ import annotations

from signaux_faibles.chain.report.page import Section
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import scoring_rows
from signaux_faibles.detection.learning.archive import read_model
from signaux_faibles.detection.lists.build import latest_learned
from signaux_faibles.detection.lists.monitor import compared
from signaux_faibles.detection.lists.sources_said import moved
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import NothingPublished, published_panel


def moved_sources(home: Home, model: str | None) -> tuple[str, ...]:
    """What has moved in each source, at the month of the published snapshot; empty without a model."""
    if model is None:
        return ()
    try:
        snapshot = published_panel(home)
        _, card = read_model(home, model)
        reference = latest_learned(snapshot, card)
    except (DetectionRefused, NothingPublished):
        return ()
    rows = scoring_rows(snapshot.tables, snapshot.month)
    if not len(reference) or not len(rows):
        return ()
    return tuple(moved(vars(one)) for one in compared(reference, rows) if one.moved)


def sources_section(sentences: tuple[str, ...]) -> Section:
    """The sources that moved; `sf list build` says what the list would be without each."""
    if not sentences:
        return Section(TITLE)
    return Section(
        TITLE, (*sentences, "La fiche de la liste dit qui entrerait en alerte et qui en sortirait sans elles.")
    )


TITLE = "Sources du modèle, par rapport à ce qu'il a appris"
