"""The Django application of components."""

from __future__ import annotations

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Template tags and templates of the components."""

    name = "signaux_faibles.web.components"
    label = "components"
