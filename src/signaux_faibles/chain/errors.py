"""Why a run stops: always a French sentence that says what to do."""

from __future__ import annotations


class RunStopped(Exception):
    """The run cannot go on; what was published before stays published."""


class AlreadyRunning(RunStopped):
    """Another process is writing in the home folder."""


class TableFailed(RunStopped):
    """A rule failed on its inputs; the cause is the exception that it raised."""

    def __init__(self, table: str, rule: str, inputs: list[str], error: Exception) -> None:
        read = " ; ".join(inputs) or "rien"
        super().__init__(
            f"Table {table} : le calcul a échoué (règle {rule}). Elle lit : {read}. Erreur : "
            f"{type(error).__name__}: {error}. Les tables déjà calculées sont gardées ; la publication en place n'est "
            "pas touchée."
        )
