"""The Django application of accounts."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from signaux_faibles.web.accounts.session_terms import begin


class AccountsConfig(AppConfig):
    """Accounts, habilitations, sign-in."""

    name = "signaux_faibles.web.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        """Note when each session begins."""
        user_logged_in.connect(begin, dispatch_uid="session begins")
