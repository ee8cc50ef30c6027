"""The Django application of unlocks."""

from __future__ import annotations

from django.apps import AppConfig


class UnlockingConfig(AppConfig):
    """Who unlocked which company, when, why, until when."""

    name = "signaux_faibles.web.unlocking"
    label = "unlocking"
    verbose_name = "Déverrouillages"
