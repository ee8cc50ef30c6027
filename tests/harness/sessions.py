"""A session as it is once an agent has signed in and stated what it is for, then some time later."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.second_factor.gate import SECOND_FACTOR, SecondFactor
from signaux_faibles.web.accounts.session_purpose import PURPOSE
from signaux_faibles.web.rights.purposes import Purpose


def open_session(client: Client, account: Account, purpose: Purpose = Purpose.DETECTION) -> Client:
    """Sign an account in, as far as pages."""
    client.force_login(account)
    session = client.session
    session[SECOND_FACTOR] = SecondFactor.CODE.value
    session[PURPOSE] = purpose.name
    session.save()
    return client


def moved(client: Client, name: str, by: timedelta) -> None:
    """Move a moment of the session into the past."""
    session = client.session
    session[name] -= by.total_seconds()
    session.save()
