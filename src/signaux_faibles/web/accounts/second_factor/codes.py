"""Enrolling an application of codes (TOTP), checking a code, and the recovery codes of whoever has lost it."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b32encode
from binascii import unhexlify
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from django.db import transaction
from django_otp.oath import TOTP

from signaux_faibles.web.accounts.models import Account, CodeApplication, RecoveryCode
from signaux_faibles.web.accounts.second_factor.gate import SecondFactor
from signaux_faibles.web.accounts.second_factor.sealing import Unreadable, seal, sealed_again, unseal
from signaux_faibles.web.accounts.session_store import end_sessions
from signaux_faibles.web.journal.author import OPERATOR, Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.request import sent_number

RECOVERY_CODES = 10
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which look alike; five bits a sign."""
LENGTH, GROUP = 16, 4
"""Eighty bits drawn at random: too many to be tried, so a plain digest of them is enough."""
DIGITS = 6
ISSUER = "Signaux Faibles"
"""How an application of codes names this service."""
KEY_BYTES = 20
TOLERANCE = 1
"""Steps of thirty seconds before and after the present one whose code is accepted: clocks of telephones drift."""


def new_key() -> str:
    """A new secret for an application of codes, in hexadecimal."""
    return secrets.token_hex(KEY_BYTES)


def has_application(account: Account) -> bool:
    """Whether an application of codes is enrolled."""
    return CodeApplication.objects.filter(account=account).exists()


def typed_key(key: str) -> str:
    """A secret as people type it into an application that reads no picture."""
    return b32encode(unhexlify(key)).decode()


def enrolment_address(account: Account, key: str) -> str:
    """The `otpauth:` address that an application of codes reads, from a picture or typed."""
    asked = urlencode({"secret": typed_key(key), "issuer": ISSUER, "digits": DIGITS}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{ISSUER}:{account.email}')}?{asked}"


@transaction.atomic
def enrol(account: Account, key: str, code: str, *, by: Author) -> list[str]:
    """Enrol an application of codes in place of the former one, and draw its recovery codes, returned once.

    Returns:
        the recovery codes; none when the code is not that of the key, and nothing has changed then.
    """
    totp = TOTP(unhexlify(key), digits=DIGITS)
    typed = sent_number(_signs(code))
    if typed is None or not totp.verify(typed, TOLERANCE):
        return []
    forget_second_factor(account)
    CodeApplication.objects.create(account=account, sealed=seal(account.pk, key), last_step=totp.t(), drift=totp.drift)
    record(EntryKind.RIGHTS, account.email, by=by, detail={"second_factor": "enrolled"})
    return draw_recovery_codes(account)


def forget_second_factor(account: Account) -> None:
    """Forget the application and the recovery codes of an account, which enrols again at its next sign-in."""
    CodeApplication.objects.filter(account=account).delete()
    account.recovery_codes.all().delete()


@transaction.atomic
def seal_again(keys: Sequence[str]) -> tuple[int, int]:
    """Seal every secret by the first of some keys, for the operator; all of them or, on an error, none.

    Returns:
        how many were sealed, and how many none of the keys opens, which stay as they are.
    """
    sealed = unreadable = 0
    for one in CodeApplication.objects.all():
        try:
            one.sealed = sealed_again(one.sealed, keys)
        except Unreadable:
            unreadable += 1
            continue
        one.save(update_fields=["sealed"])
        sealed += 1
    record(EntryKind.RIGHTS, "applications de codes", by=OPERATOR, detail={"sealed": sealed, "unreadable": unreadable})
    return sealed, unreadable


@transaction.atomic
def reset_second_factor(account: Account) -> None:
    """Forget, for the operator, the second factor of somebody who has lost everything; written in the journal.

    What is lost may be in the hands of somebody else: the sessions of the account end too.
    """
    forget_second_factor(account)
    end_sessions(account.pk)
    record(EntryKind.RIGHTS, account.email, by=OPERATOR, detail={"second_factor": "reset"})


def draw_recovery_codes(account: Account) -> list[str]:
    """Draw recovery codes in place of those that are left; only their digests are kept."""
    account.recovery_codes.all().delete()
    drawn = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(one)) for one in drawn)
    return ["-".join(re.findall("." * GROUP, one)) for one in drawn]


@transaction.atomic
def check(account: Account, code: str) -> SecondFactor | None:
    """What a typed code is: one of the application, valid once, or a recovery code, then used up; None if neither."""
    typed = _signs(code)
    if len(typed) == DIGITS and typed.isdecimal():
        return SecondFactor.CODE if _of_application(account, int(typed)) else None
    used, _ = account.recovery_codes.filter(digest=_digest(typed)).delete()
    return SecondFactor.RECOVERY if used else None


def _of_application(account: Account, code: int) -> bool:
    """Whether a code comes from the application and was not used yet; two sessions cannot both use it.

    A secret that no key of the installation opens accepts nothing: a recovery code, or the operator, leads to another.
    """
    application = CodeApplication.objects.filter(account=account).first()
    if application is None:
        return False
    try:
        totp = TOTP(unhexlify(unseal(account.pk, application.sealed)), digits=DIGITS, drift=application.drift)
    except Unreadable:
        return False
    if not totp.verify(code, TOLERANCE, application.last_step + 1):
        return False
    later = CodeApplication.objects.filter(pk=application.pk, last_step__lt=totp.t())
    return bool(later.update(last_step=totp.t(), drift=totp.drift))


def _signs(code: str) -> str:
    """A code as drawn, without the spaces and hyphens that help to read it."""
    return re.sub(r"[\s-]", "", code).lower()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
