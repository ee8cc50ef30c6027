"""A report as text: on the screen, and in a file that can be read anywhere."""

from __future__ import annotations

from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from signaux_faibles.chain.report.page import Grid, Page, Section, printable

WIDTH = 140
"""Columns of the file; on the screen, those of the terminal."""


def on_screen(page: Page) -> Group:
    """The sections that decide; the details stay in the file."""
    return _page(page, [section for section in page.sections if not section.detail])


def as_text(page: Page) -> str:
    """The whole page, without colours or terminal codes."""
    paper = StringIO()
    Console(file=paper, width=WIDTH, color_system=None, force_terminal=False).print(_page(page, list(page.sections)))
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()) + "\n"


def _page(page: Page, sections: list[Section]) -> Group:
    head = [Text(printable(line)) for line in (page.title, page.mark) if line]
    return Group(*head, *(_section(section) for section in sections))


def _section(section: Section) -> Group:
    title = printable(section.title)
    parts: list[RenderableType] = [Text(f"\n{title}\n{'─' * len(title)}")]
    parts += [Text(printable(sentence)) for sentence in section.sentences]
    parts += [_grid(grid) for grid in section.grids]
    for order in section.orders:
        # A command is never cut or folded, because it is there to be copied.
        command = Text(f"  {printable(order.command)}", no_wrap=True, overflow="ignore")
        parts += [Text(f"{printable(order.purpose)} :"), command]
    return Group(*parts)


def _grid(grid: Grid) -> Table:
    table = Table(
        box=SIMPLE_HEAD, pad_edge=False, title=Text(printable(grid.caption)), title_justify="left", title_style=""
    )
    for rank, header in enumerate(grid.headers):
        table.add_column(printable(header), justify="right" if rank in grid.numbers else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table
