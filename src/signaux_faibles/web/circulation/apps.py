"""The Django application of notifications."""

from __future__ import annotations

from django.apps import AppConfig


class CirculationConfig(AppConfig):
    """What each agent has read, what they want by mail, what was sent."""

    name = "signaux_faibles.web.circulation"
    label = "circulation"
    verbose_name = "Notifications"
