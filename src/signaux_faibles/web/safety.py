"""What keeps an installation from being served: settings under which it would be open to attack."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

from signaux_faibles.web.environment import SEAL_KEY_FILE, SECRET_KEY_FILE, Environment

SHORTEST_KEY = 40
"""Characters: what `openssl rand -hex 20` prints."""
WEAKEST_KEY = 128.0
"""Bits: the entropy of the key's own characters times its length; forty random hexadecimal ones have about 148."""
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "secret_key", "exemple", "example")
"""Beginnings and pieces of the keys that documentation and templates show."""
MAKE_ONE = 'produisez-en un par « python3 -c "import secrets; print(secrets.token_urlsafe(50))" »'


def unsafe_settings(environment: Environment) -> str | None:
    """Why the application must not be served with these settings, in a French sentence; None when it may."""
    file = environment.home / SECRET_KEY_FILE
    if (environment.secret_key or file.exists()) and weak(environment.key()):
        place = "SF_SECRET_KEY" if environment.secret_key else str(file)
        return (
            f"Secret trop faible ({place}) : il signe les sessions, et qui le devine entre sans mot de passe. "
            f"Retirez-le, et « sf serve » en écrira un, ou {MAKE_ONE}."
        )
    seal_file, seal_keys = environment.home / SEAL_KEY_FILE, environment.seal_keys()
    if any(map(weak, seal_keys)) or (not seal_keys and seal_file.exists()):  # an empty file would seal nothing
        place = "SF_SEAL_KEY" if environment.seal_key else str(seal_file)
        return (
            f"Clé de scellement trop faible, ou abîmée ({place}) : elle garde les secrets des applications de codes. "
            "Restaurez-la de votre sauvegarde. Si elle est perdue, retirez-la, et « sf serve » en écrira une : les "
            f"agents entreront par un code de secours. Ou {MAKE_ONE}. Voir docs/recovery.md."
        )
    if environment.https and environment.trusted_proxies < 1:
        return (
            "SF_HTTPS=true sans SF_TRUSTED_PROXIES : tous les agents auraient l'adresse du mandataire, et les échecs "
            "de l'un ralentiraient les autres. Indiquez combien de mandataires sont devant l'application, souvent 1."
        )
    if refusal := _unsafe_provider(environment):
        return refusal
    return None


def _unsafe_provider(environment: Environment) -> str | None:
    """Why ProConnect must not be used with these settings; None when it is not set, or well."""
    issuer = environment.proconnect_issuer
    settings_of_provider = (issuer, environment.proconnect_client_id, environment.proconnect_client_secret)
    if any(settings_of_provider) and not all(settings_of_provider):
        return (
            "ProConnect à moitié réglé : il faut SF_PROCONNECT_ISSUER, SF_PROCONNECT_CLIENT_ID et "
            "SF_PROCONNECT_CLIENT_SECRET, ou aucun des trois."
        )
    if issuer and not issuer.startswith("https://"):
        return f"SF_PROCONNECT_ISSUER « {issuer} » n'est pas une adresse https : qui écoute le réseau entrerait."
    return None


def weak(key: str) -> bool:
    """Whether someone could guess a secret key: short, regular, repeated, made of words, or shown in documentation."""
    seen = Counter(key)
    entropy = -sum(times * math.log2(times / len(key)) for times in seen.values())
    steps = sum(ord(after) - ord(before) == 1 for before, after in pairwise(key))
    regular = (key + key).find(key, 1) < len(key) or 2 * steps > len(key)
    if "\N{REPLACEMENT CHARACTER}" in key:  # of a file that is no text any more
        return True
    words = any(character.isspace() for character in key) or any(piece in key.lower() for piece in KNOWN_KEYS)
    return len(key) < SHORTEST_KEY or entropy < WEAKEST_KEY or regular or words
