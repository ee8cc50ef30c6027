"""The Django application of the Kanban."""

from __future__ import annotations

from django.apps import AppConfig


class KanbanConfig(AppConfig):
    """What boards hold beside follow-ups: the limits of their columns."""

    name = "signaux_faibles.web.kanban"
    label = "kanban"
    verbose_name = "Kanban"
