"""Audit what the project depends on: known vulnerabilities, licences, list of components (`make audit`).

The list of components is written in CycloneDX JSON to `build/sbom.json`. Exits with code 1 when a vulnerability is
known, when a licence is refused, or when the vulnerabilities cannot be looked up and the lock is old.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import Distribution, distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SBOM = PROJECT / "build" / "sbom.json"
OLDEST_LOCK = timedelta(days=45)
"""Without a database of vulnerabilities, a lock resolved since holds the corrected versions that existed then."""
REFUSED = re.compile(r"\b(A?GPL|LGPL|GNU (Affero |Lesser )?General Public|GNU Library)", re.IGNORECASE)
ACCEPTED = {
    "psycopg": "the only driver of PostgreSQL that Django 5.2 takes; LGPL-3.0, used unchanged (decision 0020)",
    "psycopg-binary": "compiled part of psycopg (decision 0020)",
    "pyphen": "a choice of GPL, LGPL or MPL 1.1, used under the MPL (decision 0023)",
}
"""Exceptions to the refusal of the GPL family, each with its reason."""
OURS = "signaux-faibles"


def licence_of(package: Distribution) -> str:
    """The licence that a package states: its SPDX expression, else its classifiers, else its free text."""
    metadata = package.metadata
    classifiers = [
        one.rsplit(" :: ", 1)[-1] for one in metadata.get_all("Classifier") or () if one.startswith("License ::")
    ]
    stated = metadata.get("License-Expression") or ", ".join(classifiers) or metadata.get("License") or ""
    return " ".join(stated.split())[:80]


def refused_licences(packages: dict[str, str]) -> list[str]:
    """The packages, among licences by name, that the project may not depend on, each with its licence."""
    refused = {name: licence for name, licence in packages.items() if not licence or REFUSED.search(licence)}
    # A choice between licences is refused only if every one of them is.
    return [
        f"{name} : {licence or 'licence inconnue'}"
        for name, licence in sorted(refused.items())
        if name not in ACCEPTED and not any(one and not REFUSED.search(one) for one in re.split(r"\bOR\b", licence))
    ]


def installed() -> dict[str, str]:
    """The licence of each installed package, ours excepted."""
    return {one.metadata["Name"].lower(): licence_of(one) for one in components()}


def vulnerabilities(pip_audit: list[str]) -> list[str] | None:
    """The vulnerabilities known of the installed versions, one a line; None when some could not be looked up."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write("".join(f"{one.metadata['Name']}=={one.version}\n" for one in components()))
        requirements.flush()
        command = [*pip_audit, "--requirement", requirements.name, "--no-deps", "--disable-pip", "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return None
    if not answers or any("skip_reason" in one for one in answers):  # a registry without that database knows none
        return None
    return [
        f"{one['name']} {one['version']} : {flaw['id']}, corrigé en {', '.join(flaw['fix_versions']) or '?'}"
        for one in answers
        for flaw in one["vulns"]
    ]


def components() -> Iterator[Distribution]:
    """The installed packages, ours excepted."""
    return (one for one in distributions() if one.metadata["Name"].lower() != OURS)


def age_of_lock() -> timedelta:
    """How long ago the newest file of the lock was published."""
    moments = re.findall(r'upload-time = "([^"]+)"', (PROJECT / "uv.lock").read_text(encoding="utf-8"))
    return datetime.now(UTC) - max(datetime.fromisoformat(one.replace("Z", "+00:00")) for one in moments)


def write_sbom() -> int:
    """Write the list of components of this environment; their number."""
    SBOM.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", str(PROJECT / "pyproject.toml")]
    options = ["--output-format", "JSON", "--output-reproducible", "--output-file", str(SBOM), sys.prefix]
    subprocess.run([*command, *options], check=True, capture_output=True)  # noqa: S603
    return len(json.loads(SBOM.read_text(encoding="utf-8"))["components"])


def audit() -> int:
    """Run the three audits and report; the exit code."""
    failed = False
    known = vulnerabilities([sys.executable, "-m", "pip_audit"])
    if known is None:
        age = age_of_lock()
        failed = age > OLDEST_LOCK
        print(
            f"Vulnérabilités : base inaccessible d'ici ; verrou vieux de {age.days} jours (limite {OLDEST_LOCK.days})."
        )
    else:
        failed = bool(known)
        print(f"Vulnérabilités connues : {len(known)}.", *known, sep="\n  ")
    refused = refused_licences(installed())
    print(f"Licences refusées : {len(refused)}.", *refused, sep="\n  ")
    print(f"Composants (CycloneDX) : {write_sbom()} dans {SBOM.relative_to(PROJECT)}.")
    return int(failed or bool(refused))


if __name__ == "__main__":
    sys.exit(audit())
