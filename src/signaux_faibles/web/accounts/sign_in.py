"""Signing in with a local account."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import NoReturn

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.client_address import client_address, network_of
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.throttle import Attempt
from signaux_faibles.wording.french import counted

UNKNOWN = "Adresse ou mot de passe incorrect."
WAIT = "Trop d’essais sans succès. Attendez {delay} avant de recommencer."
DEMO_REFUSED = "Les comptes de démonstration sont fermés : les données de cette application sont réelles."
IDLE = (
    "Ce compte n’a pas servi depuis six mois : il est fermé. Le correspondant de votre administration ou "
    "l’administrateur du produit peut le rouvrir."
)
SECONDS_SAID = 60


class SignInForm(forms.Form):
    """The form of an e-mail and a password."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Format attendu : nom@domaine.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"required": "Indiquez votre adresse.", "invalid": "Format attendu : nom@domaine.fr."},
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Indiquez votre mot de passe."},
    )

    def __init__(self, request: HttpRequest, *, demo_allowed: bool) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request
        self.demo_allowed = demo_allowed
        self.account: Account | None = None

    def clean(self) -> None:
        """Find the account, or refuse in the same words whether it exists or not."""
        email, password = self.cleaned_data.get("email", "").lower(), self.cleaned_data.get("password")
        if not email or not password:
            return
        attempt = Attempt.begin(email, network_of(client_address(self.request)))
        if attempt.wait:
            self._refuse(sign_in_log.SLOWED, email, WAIT.format(delay=delay_label(attempt.wait)))
        account = authenticate(self.request, username=email, password=password)
        if not isinstance(account, Account):
            self._refuse(sign_in_log.FAILURE, email, UNKNOWN)
        attempt.succeed(account)
        if account.demo and not self.demo_allowed:
            self._refuse(sign_in_log.DEMO_REFUSED, email, DEMO_REFUSED)
        if account.idle(timezone.localdate()):
            self._refuse(sign_in_log.IDLE, email, IDLE)
        sign_in_log.record(sign_in_log.SUCCESS, self.request, email=email)
        self.account = account

    def _refuse(self, event: str, email: str, sentence: str) -> NoReturn:
        sign_in_log.record(event, self.request, email=email)
        raise forms.ValidationError(sentence)


def delay_label(wait: timedelta) -> str:
    """`30 secondes`, `2 minutes`: rounded up, so that whoever waits that long is not refused."""
    seconds = math.ceil(wait.total_seconds())
    if seconds < SECONDS_SAID:
        return counted(seconds, "seconde", "secondes")
    return counted(math.ceil(seconds / 60), "minute", "minutes")
