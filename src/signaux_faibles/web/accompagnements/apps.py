"""The Django application of follow-ups."""

from __future__ import annotations

from django.apps import AppConfig


class AccompagnementsConfig(AppConfig):
    """Who accompanies which establishment, since when, with what outcome."""

    name = "signaux_faibles.web.accompagnements"
    label = "accompagnements"
    verbose_name = "Accompagnements"
