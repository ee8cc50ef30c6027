"""`sf explain`: where a figure comes from, one table and one company at a time."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.explain import ReceivedInput, Row, explain
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.home.home import Home
from signaux_faibles.wording.french import counted

MOST_COLUMNS = 12
"""A wider table does not fit a terminal: its rows are printed one under the other."""


def explain_table(
    table: Annotated[str, typer.Argument(help="Table de l'instantané : debt_by_month, accounts, panel…")],
    siren: Annotated[str, typer.Argument(help="Entreprise, neuf chiffres.")],
    home: HomeOption,
    snapshot: Annotated[str | None, typer.Option(help="Instantané ; par défaut celui qui est publié.")] = None,
    rows: Annotated[int, typer.Option(min=1, help="Lignes montrées de chaque entrée.")] = 20,
) -> None:
    """Montre, pour une entreprise, les lignes que lit une table et celles qu'elle en tire."""
    with refusals_as_sentences():
        explanation = explain(Home(home), table, siren, snapshot)
        if explanation.fictitious:
            screen.print("Données fictives", style="bold yellow")
        screen.print(f"Table {explanation.table}, instantané {explanation.snapshot}, siren {siren}", style="bold")
        screen.print(f"Règle : {explanation.rule}", markup=False)
        screen.print(explanation.what.partition("\n")[0], style="dim", markup=False)
        if explanation.changed:
            screen.print(
                f"Attention : livré de nouveau depuis cet instantané : {', '.join(explanation.changed)}. "
                "Les entrées ci-dessous sont celles d'aujourd'hui.",
                style="yellow",
            )
        for received in explanation.inputs:
            _show_input(received, rows)
        _show_rows(f"Résultat : {explanation.table}", explanation.result, rows)


def _show_input(received: ReceivedInput, most: int) -> None:
    title = f"Entrée {received.parameter} : {received.word}"
    if received.rows is not None:
        _show_rows(title, received.rows, most)
    else:
        screen.print(f"\n{title}{f' ({received.value})' if received.value else ', commune à toutes les entreprises'}")


def _show_rows(title: str, rows: list[Row], most: int) -> None:
    """Print the last rows, which readers look for first, without the columns that are empty in all of them."""
    count = counted(len(rows), "ligne", "lignes")
    last = rows[-most:]
    screen.print(f"\n{title} : {count}{f', les {most} dernières' if len(rows) > most else ''}", style="bold")
    names = [name for name in (rows[0] if rows else {}) if any(row[name] is not None for row in last)]
    if len(names) <= MOST_COLUMNS:
        grid = Table(*names)
        for row in last:
            grid.add_row(*(_text(row[name]) for name in names))
        if rows:
            screen.print(grid)
        return
    for row in last:
        cells = [f"{name}={_text(row[name])}" for name in names if row[name] is not None]
        screen.print("  " + "  ".join(cells), markup=False)


def _text(value: object) -> str:
    return "" if value is None else str(value)
