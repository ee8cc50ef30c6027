"""The Django application of the work on alerts."""

from __future__ import annotations

from django.apps import AppConfig


class AlertWorkConfig(AppConfig):
    """Marks and assignments of alerts, saved filters."""

    name = "signaux_faibles.web.alert_work"
    label = "alert_work"
    verbose_name = "Travail des listes"
