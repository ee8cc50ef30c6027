"""The kinds of agents of `tests/web/conftest.py`, and the establishment that they accompany."""

from __future__ import annotations

from harness.tiny_home import ATELIERS
from signaux_faibles.web.accompagnements.acts import Followed

CRP, CODEFI, URSSAF, OUTSIDE = "CRP de la zone", "SP CODEFI", "Urssaf sans détection", "CRP d'une autre zone"
DARP, PRODUCT = "détection sans Urssaf", "administrateur du produit"
SIRET = f"{ATELIERS.siren}00010"
PLACE = Followed(SIRET, ATELIERS.name, "87", active=True)
