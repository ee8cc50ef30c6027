"""What is new about a followed company, in words, from what the comparison of snapshots kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from signaux_faibles.detection.levels import LABELS, NONE
from signaux_faibles.web.circulation.kinds import AlertKind
from signaux_faibles.wording.french import day_label


def alert_words(kind: AlertKind, detail: Mapping[str, Any]) -> str:
    """A sentence without the name of the company."""
    return _SENTENCES[kind](detail)


def _procedure(detail: Mapping[str, Any]) -> str:
    return f"{detail['label'] or 'Procédure collective'} : jugement du {_day(detail['on'])}."


def _behind(detail: Mapping[str, Any]) -> str:
    return (
        f"Échéancier dépassé (établissement {detail['siret'][9:]}, dernière échéance le {_day(detail['until'])}) : la "
        "dette dépasse le reste prévu de plus d’un dixième."
    )


def _gone(detail: Mapping[str, Any]) -> str:
    return (
        f"Le délai accordé par l’Urssaf le {_day(detail['granted'])} n’est plus en vigueur "
        f"(établissement {detail['siret'][9:]})."
    )


def _move(detail: Mapping[str, Any]) -> str:
    before, after = (LABELS[detail[name] or NONE].lower() for name in ("before", "after"))
    return f"Liste {detail['label']} : {after} ({before} auparavant)."


def _day(text: str) -> str:
    return day_label(date.fromisoformat(text))


_SENTENCES = {
    AlertKind.PROCEDURE: _procedure,
    AlertKind.PLAN_BEHIND: _behind,
    AlertKind.PLAN_GONE: _gone,
    AlertKind.MOVE: _move,
}
