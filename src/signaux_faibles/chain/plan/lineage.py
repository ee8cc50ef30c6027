"""Which file feeds which table, from the declared steps (`sf docs`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from signaux_faibles.chain.plan.plan import PLAN, SCHEMAS, STAGE_OF
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.wording.markdown import markdown_table

STEPS = {step.name: step for step in PLAN}


def types_behind(table: str) -> frozenset[str]:
    """The file types that a table is made from, directly or through other tables."""
    step = STEPS[table]
    return step.types.union(*(types_behind(before) for before in step.before))


def tables_after(table: str) -> list[str]:
    """The tables that name a table, in the order of the plan."""
    return [step.name for step in PLAN if table in step.before]


def lineage_page(pages: Mapping[str, Iterable[str]]) -> str:
    """The Markdown page: files to pages, then each table with its rule and its inputs.

    Args:
        pages: for each page of the application, the tables that it shows.
    """
    parts = [
        "# Lineage",
        "<!-- Written from the declared steps by `sf docs`; change src/signaux_faibles/chain/plan/ instead. -->",
        "Which file feeds which table, and which page shows it. For one company: `sf explain TABLE SIREN`.",
        "## From files to pages",
        markdown_table(("file type", "tables that read it", "pages that it reaches"), _reach(pages)),
        "## Tables",
        "In the order in which they are computed.",
        *map(_section, PLAN),
    ]
    return "\n\n".join(parts) + "\n"


def _reach(pages: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    types = sorted({name for step in PLAN for name in step.types})
    return [
        (
            f"[{name}](sources/{name}.md)",
            ", ".join(f"[{step.name}](#{step.name})" for step in PLAN if name in step.types),
            ", ".join(page for page, tables in pages.items() if any(name in types_behind(table) for table in tables)),
        )
        for name in types
    ]


def _section(step: Step) -> str:
    inputs = [(f"`{name}`", _linked(str(word))) for name, word in step.inputs.items()]
    after = ", ".join(f"[{name}](#{name})" for name in tables_after(step.name)) or "no other table"
    facts = (
        f"Stage `{STAGE_OF[step.name].value}`; rule `{step.rule_path}`"
        f"{'; computed by groups of companies' if step.by_company else ''}. Read by {after}."
    )
    table_of_inputs = (
        markdown_table(("parameter", "receives"), inputs) if inputs else "It reads nothing: the code holds it."
    )
    return f"### {step.name}\n\n{step.table.doc[:1].upper()}{step.table.doc[1:]}.\n\n{facts}\n\n{table_of_inputs}"


def _linked(word: str) -> str:
    """Link the table that a word names."""
    verb, _, rest = word.partition(" ")
    name = rest.split(",")[0]
    return f"table [{name}](#{name}){rest[len(name) :]}" if verb == "table" and name in SCHEMAS else word
