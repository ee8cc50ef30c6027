"""The Django application of components."""

from __future__ import annotations

from django.apps import AppConfig

from signaux_faibles.web.components.form_messages import speak_french


class ComponentsConfig(AppConfig):
    """Template tags and templates of the components."""

    name = "signaux_faibles.web.components"
    label = "components"

    def ready(self) -> None:
        """Let forms speak as our pages do."""
        speak_french()
