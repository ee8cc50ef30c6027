"""The data dictionary of detection: variables of the model and columns of the panel, from their declarations."""

from __future__ import annotations

from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.panel.peers import PEER_FEATURES
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.schema import Field
from signaux_faibles.wording.markdown import markdown_table

SENSES = {1: "raises the risk", -1: "lowers the risk", 0: "not constrained"}


def dictionary_page() -> str:
    """The Markdown page (`sf docs`)."""
    variables = [
        (f"`{one.name}`", one.label, one.theme, one.source.label, f"`{one.source.family.value}`", SENSES[one.sense])
        for one in VARIABLES
    ]
    parts = [
        "# Variables of the model",
        "<!-- Written from the declarations by `sf docs`; change src/signaux_faibles/detection/features/ instead. -->",
        "What the model reads of a company at a month, with what was known at its end. An unknown value stays unknown. "
        "The family is the habilitation that an agent needs to read the variable.",
        markdown_table(("variable", "label", "theme", "source", "family", "a higher value"), variables),
        "## Columns of the panel",
        f"The panel holds {PANEL.doc}, one row per company and month.",
        markdown_table(("column", "type", "unit", "meaning"), map(_described, PANEL.fields)),
        "## Ranks among peers",
        "Computed when rows are read, among the companies that a list of the month holds.",
        markdown_table(("column", "type", "unit", "meaning"), map(_described, PEER_FEATURES)),
    ]
    return "\n\n".join(parts) + "\n"


def _described(field: Field) -> tuple[str, ...]:
    return f"`{field.name}`", field.kind.value, field.unit, field.doc
