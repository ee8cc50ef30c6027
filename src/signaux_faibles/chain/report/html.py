"""A report as one self-contained HTML page: no script, no other file, every text escaped."""

from __future__ import annotations

from html import escape

from signaux_faibles.chain.report.page import Grid, Order, Page, Section, printable

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.5rem 3rem; font: 1rem/1.5 system-ui, sans-serif;
  color: #1a1a1a; background: #fff; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid #999; }
p { margin: .5rem 0; max-width: 56rem; overflow-wrap: anywhere; }
.mark { display: inline-block; padding: .25rem .75rem; border: 2px solid #8a3d00; color: #8a3d00; font-weight: 700; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .875rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #ccc;
  overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #666; overflow-wrap: normal; }
tbody th { font-weight: 400; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
pre { margin: .25rem 0 1rem; padding: .5rem .75rem; background: #f2f2f2; white-space: pre-wrap;
  overflow-wrap: anywhere; }
@media print { .scroll { overflow: visible; } }
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should an escape ever fail, the page still runs and loads nothing."""


def as_html(page: Page) -> str:
    """The whole page."""
    mark = f'<p class="mark">{_text(page.mark)}</p>\n' if page.mark else ""
    title = f"{page.title} — {page.mark}" if page.mark else page.title
    body = "\n".join(_section(section) for section in page.sections)
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_text(page.title)}</h1>\n{mark}{body}\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    parts = [f"<section>\n<h2>{_text(section.title)}</h2>"]
    parts += [f"<p>{_text(sentence)}</p>" for sentence in section.sentences]
    parts += [_grid(grid) for grid in section.grids]
    parts += [_order(order) for order in section.orders]
    return "\n".join([*parts, "</section>"])


def _order(order: Order) -> str:
    return f"<p>{_text(order.purpose)} :</p>\n<pre><code>{_text(order.command)}</code></pre>"


def _grid(grid: Grid) -> str:
    # A wide table scrolls in its own frame, which the keyboard must reach.
    head = "".join(
        f'<th scope="col"{_kind(grid, rank)}>{_text(header)}</th>' for rank, header in enumerate(grid.headers)
    )
    rows = "\n".join(_row(grid, row) for row in grid.rows)
    return (
        f'<div class="scroll" role="region" aria-label="{_text(grid.caption)}" tabindex="0">\n'
        f"<table>\n<caption>{_text(grid.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(grid: Grid, row: tuple[str, ...]) -> str:
    name, *values = row
    cells = "".join(f"<td{_kind(grid, rank)}>{_text(value)}</td>" for rank, value in enumerate(values, start=1))
    return f'<tr><th scope="row"{_kind(grid, 0)}>{_text(name)}</th>{cells}</tr>'


def _kind(grid: Grid, rank: int) -> str:
    return ' class="number"' if rank in grid.numbers else ""


def _text(text: str) -> str:
    return escape(printable(text))
