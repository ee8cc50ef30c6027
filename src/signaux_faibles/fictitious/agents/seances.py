"""The past séances of the CODEFI, in the file that `sf import seances` reads: one line for each decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from signaux_faibles.fictitious.agents import words
from signaux_faibles.fictitious.agents.officers import CODEFI, CRP, URSSAF, Officers
from signaux_faibles.fictitious.agents.stories import Story
from signaux_faibles.fictitious.agents.tables import write_rows

_COLUMNS = ("departement", "date", "intitule", "siret", "decision", "texte", "confie_a", "auteur", "membres")


def write_seances(path: Path, stories: Sequence[Story], officers: Officers) -> None:
    """The séances that decided on accompagnements: one for each département and month in which some were opened."""
    by_month: dict[tuple[str, int, int], list[Story]] = defaultdict(list)
    for story in stories:
        by_month[story.departement, story.opened.year, story.opened.month].append(story)
    write_rows(path, _COLUMNS, [line for _, some in sorted(by_month.items()) for line in _lines(some, officers)])


def _lines(stories: Sequence[Story], officers: Officers) -> Iterator[dict[str, object]]:
    departement = stories[0].departement
    secretary, crp, urssaf = (officers.of(kind, departement) for kind in (CODEFI, CRP, URSSAF))
    about = {
        "departement": departement,
        "date": min(one.opened for one in stories),
        "intitule": "CODEFI restreint",
        "auteur": secretary.email,
        "membres": " ".join(one.email for one in (secretary, crp, urssaf)),
    }
    for story in sorted(stories, key=lambda one: one.number):
        of_company = about | {"siret": words.spelled_siret(story)}
        yield of_company | {"decision": "Ouvrir un accompagnement", "texte": story.chosen(0, words.DIFFICULTIES)}
        yield of_company | {"decision": "Confier à", "confie_a": crp.email}
