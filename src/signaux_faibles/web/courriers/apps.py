"""The Django application of the letters to directors."""

from __future__ import annotations

from django.apps import AppConfig


class CourriersConfig(AppConfig):
    """The letter templates of each administration, and what was sent to whom."""

    name = "signaux_faibles.web.courriers"
    label = "courriers"
    verbose_name = "Courriers aux dirigeants"
