"""The Django application of the journal."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Entries in a chain, sealed months, exposures."""

    name = "signaux_faibles.web.journal"
    label = "journal"
    verbose_name = "Journal"
