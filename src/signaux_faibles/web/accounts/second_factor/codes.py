"""Enrolling an application of codes (TOTP), checking a code, and the recovery codes of who has lost it."""

from __future__ import annotations

import hashlib
import re
import secrets
from binascii import unhexlify

from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from signaux_faibles.web.accounts.models import Account, RecoveryCode
from signaux_faibles.web.accounts.second_factor.gate import Given
from signaux_faibles.web.journal.author import OPERATOR, Author
from signaux_faibles.web.journal.kinds import Kind
from signaux_faibles.web.journal.writing import record

RECOVERY_CODES = 10
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which look alike; five bits a sign."""
LENGTH, GROUP = 16, 4
"""Eighty bits drawn at random: too many to be tried, so a plain digest of them is enough."""
DIGITS = 6
TOLERANCE = 1
"""Steps of thirty seconds before and after the present one whose code is accepted: clocks of telephones drift."""


def new_key() -> str:
    """A new secret for an application of codes, in hexadecimal."""
    return str(random_hex(20))


def has_application(account: Account) -> bool:
    """Whether an application of codes is enrolled."""
    return any(True for _ in devices_for_user(account))


def enrolment_address(account: Account, key: str) -> str:
    """The `otpauth:` address that an application of codes reads, from a picture or typed."""
    return str(TOTPDevice(user=account, key=key, digits=DIGITS).config_url)


@transaction.atomic
def enrol(account: Account, key: str, code: str, *, by: Author) -> list[str]:
    """Enrol an application of codes in place of the former one, and draw its recovery codes, returned once.

    Returns:
        the recovery codes; none when the code is not that of the key, and nothing has changed then.
    """
    totp = TOTP(unhexlify(key), digits=DIGITS)
    typed = _signs(code)
    if not (typed.isdecimal() and totp.verify(int(typed), TOLERANCE)):
        return []
    forget_second_factor(account)
    TOTPDevice.objects.create(user=account, name="application", key=key, digits=DIGITS, last_t=totp.t())
    record(Kind.RIGHTS, account.email, by=by, detail={"second_factor": "enrolled"})
    return draw_recovery_codes(account)


def forget_second_factor(account: Account) -> None:
    """Forget the application and the recovery codes of an account, which enrols again at its next sign-in."""
    TOTPDevice.objects.filter(user=account).delete()
    account.recovery_codes.all().delete()


@transaction.atomic
def reset_second_factor(account: Account) -> None:
    """Forget, for the operator, the second factor of somebody who has lost everything; written in the journal."""
    forget_second_factor(account)
    record(Kind.RIGHTS, account.email, by=OPERATOR, detail={"second_factor": "reset"})


def draw_recovery_codes(account: Account) -> list[str]:
    """Draw recovery codes in place of those that are left; only their digests are kept."""
    account.recovery_codes.all().delete()
    drawn = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(one)) for one in drawn)
    return ["-".join(re.findall("." * GROUP, one)) for one in drawn]


@transaction.atomic
def check(account: Account, code: str) -> Given | None:
    """What a typed code is: of the application, each good once, or of recovery, then used up; None for neither."""
    typed = _signs(code)
    if len(typed) == DIGITS and typed.isdecimal():
        found = any(verify_token(account, device.persistent_id, typed) for device in devices_for_user(account))
        return Given.CODE if found else None
    used, _ = account.recovery_codes.filter(digest=_digest(typed)).delete()
    return Given.RECOVERY if used else None


def _signs(code: str) -> str:
    """A code as drawn, without the spaces and hyphens that help to read it."""
    return re.sub(r"[\s-]", "", code).lower()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
