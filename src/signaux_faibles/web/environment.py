"""The settings of the administration that runs the application, read from variables that start with `SF_`."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_KEY_FILE = "secret_key"  # noqa: S105 (name of the file)
SEAL_KEY_FILE = "seal_key"


class Environment(BaseSettings):
    """The settings of one installation.

    Attributes:
        home: folder of the chain, with its snapshots, its lists and the application database.
        allowed_hosts: host names that the application answers to, separated by commas.
        https: the application stands behind a TLS proxy that sets `X-Forwarded-Proto`.
        trusted_proxies: number of proxies in front, each of which adds an address to `X-Forwarded-For`.
        database_url: `postgresql://…` (see `databases.database`); by default SQLite, in the home folder.
        secret_key: key that signs sessions; by default the one that `serve` keeps in the home folder.
        seal_key: key that seals the secrets of applications of codes; several, separated by commas, while it is being
            changed: the first seals, all open. By default the one that `serve` keeps in the home folder.
        second_factor: accounts that are not of the demonstration give a second factor.
        proconnect_issuer, proconnect_client_id, proconnect_client_secret: the identity provider of State agents, and
            how it knows this application; all three or none.
        marque_etat: text of the State's block-mark. Mark and fonts are reserved to the State, so they appear only when
            an administration sets this.
        contact: e-mail of the team that helps agents, as pages write it; without one, pages lead to the correspondent
            of each administration.
        publisher, publication_director, hosting: who publishes the application, who answers for it, who hosts it (name
            and address), as its legal notice says; data_protection: e-mail of the data protection officer.
        address: of the application, as mails write it: `https://signaux-faibles.example`.
        smtp_host, smtp_port, smtp_user, smtp_password, smtp_tls: the mail server; without a host no mail is sent.
        mail_from: the sender of mails.
    """

    model_config = SettingsConfigDict(env_prefix="SF_")

    home: Path = Path(".home")
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    https: bool = False
    trusted_proxies: int = 0
    database_url: str = ""
    secret_key: str = ""
    seal_key: str = ""
    second_factor: bool = True
    proconnect_issuer: str = ""
    proconnect_client_id: str = ""
    proconnect_client_secret: str = ""
    marque_etat: str = ""
    contact: str = ""
    publisher: str = ""
    publication_director: str = ""
    hosting: str = ""
    data_protection: str = ""
    address: str = "http://localhost:8000"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = True
    mail_from: str = "signaux-faibles@localhost"

    def key(self) -> str:
        """The secret key; empty until one is set, and Django then refuses to sign anything."""
        file = self.home / SECRET_KEY_FILE
        if self.secret_key or not file.exists():
            return self.secret_key
        return _text(file).strip()

    def seal_keys(self) -> tuple[str, ...]:
        """The keys that seal; the first seals, all open. Empty until one is set, and nothing is sealed then."""
        file = self.home / SEAL_KEY_FILE
        if self.seal_key:
            return tuple(filter(None, map(str.strip, self.seal_key.split(","))))
        return tuple(_text(file).split()) if file.exists() else ()


def _text(file: Path) -> str:
    """What a file of keys holds; one that a disk changed gives a key that `safety` refuses, not an error."""
    return file.read_text(encoding="utf-8", errors="replace")
