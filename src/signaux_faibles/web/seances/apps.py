"""The Django application of the séances of the CODEFI."""

from __future__ import annotations

from django.apps import AppConfig


class SeancesConfig(AppConfig):
    """Which companies a CODEFI reviews on which day, and what it decides."""

    name = "signaux_faibles.web.seances"
    label = "seances"
    verbose_name = "Séances CODEFI"
