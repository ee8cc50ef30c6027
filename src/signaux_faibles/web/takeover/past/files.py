"""The files of the past that `sf import` reads: how each is planned, and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from signaux_faibles.web.takeover.parsed import Plan
from signaux_faibles.web.takeover.past.campagnes import CampagnesFile
from signaux_faibles.web.takeover.past.campagnes_writing import write_campagnes
from signaux_faibles.web.takeover.past.lines import PastFile
from signaux_faibles.web.takeover.past.seances import SeancesFile
from signaux_faibles.web.takeover.past.seances_writing import write_seances

FILES: Mapping[str, tuple[type[PastFile[Any]], Callable[[Plan[Any]], int]]] = {
    "seances": (SeancesFile, write_seances),
    "campagnes": (CampagnesFile, write_campagnes),
}
