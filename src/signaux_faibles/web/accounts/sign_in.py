"""Signing in with a local account."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.throttle import client_address, forget_failures, record_failure, throttled

UNKNOWN = "Adresse ou mot de passe incorrect."
WAIT = "Trop d'essais sans succès. Attendez un quart d'heure avant de recommencer."
DEMO_REFUSED = "Les comptes de démonstration sont fermés : les données de cette application sont réelles."


class SignInForm(forms.Form):
    """The form of an e-mail and a password."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Format attendu : nom@domaine.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
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
        address = client_address(self.request)
        if throttled(email, address):
            raise forms.ValidationError(WAIT)
        account = authenticate(self.request, username=email, password=password)
        if not isinstance(account, Account):
            record_failure(email, address)
            raise forms.ValidationError(UNKNOWN)
        if account.demo and not self.demo_allowed:
            raise forms.ValidationError(DEMO_REFUSED)
        forget_failures(email, address)
        self.account = account
