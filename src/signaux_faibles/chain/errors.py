"""Why a run stops: always a French sentence that says what to do."""

from __future__ import annotations

from collections.abc import Collection


class RunStopped(Exception):
    """The run cannot go on; what was published before stays published."""


class AlreadyRunning(RunStopped):
    """Another process is writing in the home folder."""


class HomeNotWritable(RunStopped):
    """The home folder cannot be written."""


class TableFailed(RunStopped):
    """A rule failed on its inputs; the cause is the exception that it raised."""

    def __init__(self, table: str, rule: str, inputs: list[str], types: Collection[str], error: Exception) -> None:
        read = " ; ".join(inputs) or "rien"
        sources = ", ".join(sorted(types)) or "aucun fichier"
        super().__init__(
            f"Table {table} : le calcul a échoué (règle {rule}). Elle lit : {read}. Fichiers dont elle vient : "
            f"{sources}. Erreur : {type(error).__name__}: {first_line(error)}. Les tables déjà calculées sont "
            "gardées ; la publication en place n'est pas touchée. Cherchez dans ces fichiers la valeur que l'erreur "
            "cite : faites-la corriger, ou gardez la livraison précédente du fichier (--carry-over TYPE)."
        )


class Unexpected(RunStopped):
    """Something unforeseen failed; the cause is the exception that it raised."""

    def __init__(self, doing: str, error: Exception) -> None:
        super().__init__(
            f"{doing} : erreur imprévue, {type(error).__name__}: {first_line(error)}. Rien n'est perdu ; la "
            "publication en place n'est pas touchée. Relancez la même commande ; si l'erreur revient, signalez-la avec "
            "le détail."
        )


def first_line(error: Exception) -> str:
    """What an exception says, in one line and without its full stop."""
    return (str(error).strip().splitlines() or [""])[0].rstrip(".")
