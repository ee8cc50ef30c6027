"""Django's command for an account with all rights, which does not exist here."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Say which command makes accounts."""

    help = "Remplacée par « sf account create »."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Refuse: no account reads everything."""
        raise CommandError("Aucun compte n'a tous les droits. Créez le vôtre par « sf account create ».")
