"""The form that launches a campagne from a list. What may be chosen is given to it: it holds no right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from signaux_faibles.web.campagnes.forms import CampagneForm

IN_ORDER = "Facultatif : seules les premières de la liste filtrée sont gardées, dans son ordre."
DRAWN = "Tirer au sort l’ordre des appels dans chaque niveau d’alerte (protocole «\u00a0{}\u00a0»)"
WHAT_IS_DRAWN = (
    "Pour mesurer ce que change un appel : si l’équipe ne peut pas appeler toutes les entreprises, le hasard choisit, "
    "et non leur rang. Le tirage est écrit, avec celles qui ne seront pas appelées."
)


class ListCampagneForm(CampagneForm):
    """A campagne on the companies that the filters of a list keep, in place of pasted ones."""

    unfollowed = forms.BooleanField(
        label="Laisser de côté les entreprises dont un accompagnement est ouvert dans le département", required=False
    )
    drawn = forms.BooleanField(label="", required=False)
    field_order = ("departement", "title", "capacity", "unfollowed", "carry", "drawn")

    def __init__(self, data: Any, *, departements: Sequence[tuple[str, str]], protocol: str | None) -> None:
        """`departements`: those that are offered, code and label; `protocol`: that of draws, None when none is open."""
        super().__init__(data, departements=departements)
        if protocol is None:
            del self.fields["drawn"]
        else:
            self.fields["drawn"].label = DRAWN.format(protocol)
            self.fields["drawn"].help_text = WHAT_IS_DRAWN
        del self.fields["identifiers"]
        self.fields["capacity"].help_text = IN_ORDER
        self.fields["unfollowed"].initial = True
