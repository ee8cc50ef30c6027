"""Curves drawn in SVG: a line or bars for the invented country beside what is published, for the documentation."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import numpy as np

from signaux_faibles.fictitious.measured.calibration import Curve
from signaux_faibles.wording.french import number

_WIDTH, _HEIGHT = 720, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 58, 44
_INVENTED, _PUBLISHED, _INK = "#c9191e", "#000091", "#3a3a3a"
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0)
_MOST_STEPS = 6
_MOST_LABELS = 12


def drawn(curve: Curve) -> str:
    """The SVG of a curve; the same curve gives the same text."""
    step, top = _scale(curve)
    marks = (_lines if curve.lines else _bars)(curve, top)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        f"<title>{escape(curve.title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14" font-weight="bold">{escape(curve.title)}</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="20" text-anchor="end">Données fictives</text>',
        *_legend(curve),
        *_axes(curve, step, top),
        *marks,
        "</svg>",
    ]
    return "\n".join(pieces) + "\n"


def _scale(curve: Curve) -> tuple[float, float]:
    """The step of the axis and its top: a round number above every value."""
    most = float(np.nanmax(np.r_[curve.invented, curve.published]))
    step = next(step for step in _STEPS if most / step <= _MOST_STEPS)
    return step, float(np.ceil(most / step + 0.1) * step)


def _x(curve: Curve, rank: float) -> float:
    return _LEFT + (rank + 0.5) * (_WIDTH - _LEFT - _RIGHT) / len(curve.labels)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


def _legend(curve: Curve) -> list[str]:
    legend = ((_LEFT, _INVENTED, "pays inventé"), (_LEFT + 120, _PUBLISHED, f"publié : {curve.source}"))
    return [
        f'<rect x="{x}" y="32" width="12" height="12" fill="{colour}"/><text x="{x + 18}" y="42">{escape(text)}</text>'
        for x, colour, text in legend
    ]


def _axes(curve: Curve, step: float, top: float) -> list[str]:
    shapes = []
    for rank in range(round(top / step) + 1):
        value = rank * step
        y = _y(value, top)
        shapes.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        shapes.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{number(value, 2, at_least=0)}</text>')
    every = -(-len(curve.labels) // _MOST_LABELS)
    for rank in range(0, len(curve.labels), every):
        x, label = _x(curve, rank), escape(curve.labels[rank])
        shapes.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{label}</text>')
    return shapes


def _lines(curve: Curve, top: float) -> list[str]:
    """A point for each value, and a line between two that follow each other."""
    shapes = []
    for values, colour in ((curve.published, _PUBLISHED), (curve.invented, _INVENTED)):
        points = [None if np.isnan(value) else (_x(curve, rank), _y(value, top)) for rank, value in enumerate(values)]
        lines = [
            f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="{colour}"/>'
            for a, b in pairwise(points)
            if a and b
        ]
        shapes += ['<g stroke-width="2">', *lines, "</g>"]
        shapes += [f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="2.5" fill="{colour}"/>' for at in points if at]
    return shapes


def _bars(curve: Curve, top: float) -> list[str]:
    width = 0.36 * (_WIDTH - _LEFT - _RIGHT) / len(curve.labels)
    shapes = []
    for values, colour, shift in ((curve.invented, _INVENTED, -width), (curve.published, _PUBLISHED, 0.0)):
        for rank, value in enumerate(values):
            x, y = _x(curve, rank) + shift, _y(float(value), top)
            height = _HEIGHT - _BOTTOM - y
            shapes.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>')
    return shapes
