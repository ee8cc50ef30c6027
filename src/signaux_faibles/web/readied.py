"""What is made ready before gunicorn forks: what workers would otherwise make at their first pages, once a thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from signaux_faibles.snapshot.search.place_completion import completed_places


def make_ready() -> None:
    """Import the pages, compile their templates and read the towns; no file of the home and no database is opened.

    The towns alone take 1.7 s of processor, their names in order 0.3 s more, and threads that need them at once take as
    long each. What is made is then left out of the collector's rounds: workers go on sharing its memory, and do not go
    through it again.
    """
    get_resolver().url_patterns  # noqa: B018 (what imports the pages)
    for name in page_templates():
        get_template(name)
    completed_places("a", 1)  # reads the towns, and puts their names in order
    gc.collect()
    gc.freeze()


def page_templates() -> Iterator[str]:
    """The names of our templates."""
    for folder in Path(__file__).parent.rglob("templates"):
        for file in folder.rglob("*.*"):
            yield str(file.relative_to(folder))
