"""The Django application of votes and disputes."""

from __future__ import annotations

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Votes on detections, disputes of figures."""

    name = "signaux_faibles.web.feedback"
    label = "feedback"
    verbose_name = "Avis et signalements"
