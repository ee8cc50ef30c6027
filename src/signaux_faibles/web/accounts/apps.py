"""The Django application of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, habilitations, sign-in."""

    name = "signaux_faibles.web.accounts"
    label = "accounts"
    verbose_name = "Comptes"
