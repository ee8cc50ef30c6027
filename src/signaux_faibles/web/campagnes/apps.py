"""The Django application of the campagnes de contact."""

from __future__ import annotations

from django.apps import AppConfig


class CampagnesConfig(AppConfig):
    """Which companies a department calls, who takes which, and what came of it."""

    name = "signaux_faibles.web.campagnes"
    label = "campagnes"
    verbose_name = "Campagnes de contact"
