"""The identity that ProConnect asserts, trusted only if it is signed, recent and meant for us; the account it opens.

The library checks the state and the signatures; audience, issuer, subject, and that the identity itself is signed
are checked here, because it leaves them out.
"""

from __future__ import annotations

import logging
from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import SuspiciousOperation
from django.utils.crypto import constant_time_compare
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from signaux_faibles.web.accounts.models import Account

STRONG = frozenset({"eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"})
"""Levels (`acr`) that ProConnect gives to a sign-in with two factors, since June 2026."""
LEEWAY = 30
"""Seconds by which two clocks may differ."""
SIGNED = "application/jwt"
logging.getLogger("mozilla_django_oidc").setLevel(logging.ERROR)  # its warnings name people; ours are in `sign_in_log`


class IdentityRefused(Exception):
    """The reply of the provider cannot be trusted; the message is for the log, in English, and names nobody."""


class NoAccount(Exception):
    """The identity is trusted, but opens no account; the message is the sentence that its owner reads."""


NONE = "Aucun compte n’est ouvert ici pour votre identité ProConnect. Adressez-vous à votre correspondant."
ANOTHER = (
    "Le compte de cette adresse est lié à une autre identité ProConnect. Adressez-vous à l’administrateur du produit."
)


class ProConnectBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """The backend of the library, with the checks that it leaves out; it never creates an account."""

    def authenticate(self, request: Any, **kwargs: Any) -> Account | None:
        """The account of whoever comes back from the provider.

        Raises:
            IdentityRefused: the reply of the provider cannot be trusted.
            NoAccount: it is, and opens no account.
        """
        if request is None or "nonce" not in kwargs or not settings.SF_PROCONNECT_ISSUER:
            return None
        try:
            account: Account | None = super().authenticate(request, **kwargs)
        except (SuspiciousOperation, jwt.PyJWTError, requests.RequestException, KeyError, ValueError) as refused:
            raise IdentityRefused(f"{type(refused).__name__}: {refused}") from refused
        return account

    def verify_token(self, token: Any, **kwargs: Any) -> dict[str, Any]:
        """The claims of a token that the provider signed for us; with a `nonce`, one that answers our question."""
        if not isinstance(token, str):
            raise IdentityRefused("no token")
        required = ["iss", "aud", "sub", *(["exp", "iat"] if "nonce" in kwargs else [])]
        claims: dict[str, Any] = jwt.decode(
            token,
            self.retrieve_matching_jwk(token),
            algorithms=[settings.OIDC_RP_SIGN_ALGO],
            audience=settings.OIDC_RP_CLIENT_ID,
            issuer=settings.SF_PROCONNECT_ISSUER,
            leeway=LEEWAY,
            options={"require": required},
        )
        if claims["aud"] not in (settings.OIDC_RP_CLIENT_ID, [settings.OIDC_RP_CLIENT_ID]):
            raise IdentityRefused("the token is for others too")
        if "nonce" in kwargs and not constant_time_compare(str(claims.get("nonce")), str(kwargs["nonce"])):
            raise IdentityRefused("the nonce is not ours")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The identity, refused unless it is signed and of the same person as the sign-in."""
        answer = requests.get(
            settings.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=settings.OIDC_TIMEOUT,
            allow_redirects=False,
        )
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").split(";")[0].strip().lower() != SIGNED:
            raise IdentityRefused("the identity is not signed")
        claims = self.verify_token(answer.text)
        if claims["sub"] != payload["sub"]:
            raise IdentityRefused("the identity is of somebody else")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Account:
        """The account of an identity: known by its `sub`, or else by its e-mail the first time; never made."""
        try:
            identity = self.get_userinfo(access_token, id_token, payload)
        except SuspiciousOperation as refused:  # which the library would take for an unknown account
            raise IdentityRefused(str(refused)) from refused
        self.request.session_is_strong = is_strong(payload)
        return account_of_identity(identity)

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session; None once the account is closed, since the library would go on serving it."""
        account: Account | None = ModelBackend.get_user(self, user_id)
        return account


def is_strong(claims: dict[str, Any]) -> bool:
    """Whether the provider asked for two factors: by the level of the sign-in, or by its means, which may be null."""
    means = claims.get("amr")
    return claims.get("acr") in STRONG or (isinstance(means, list) and "mfa" in means)


def account_of_identity(identity: dict[str, Any]) -> Account:
    """The account that an identity opens.

    Raises:
        NoAccount: there is none, or it is that of another identity.
    """
    sub, email = str(identity["sub"]), str(identity.get("email") or "").strip().lower()
    real = Account.objects.filter(demo=False)
    account = real.filter(sub=sub).first()
    if account:
        return account
    named = real.filter(email=email).first() if email and identity.get("email_verified") is not False else None
    if named is None:
        raise NoAccount(NONE)
    if named.sub:
        raise NoAccount(ANOTHER)
    named.sub = sub
    named.save(update_fields=["sub"])
    return named
