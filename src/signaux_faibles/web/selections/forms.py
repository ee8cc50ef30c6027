"""The form that launches a campagne from a list. What may be chosen is given to it: it holds no right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from signaux_faibles.web.campagnes.forms import CampagneForm

IN_ORDER = "Facultatif : seules les premières de la liste filtrée sont gardées, dans son ordre."


class ListCampagneForm(CampagneForm):
    """A campagne on the companies that the filters of a list keep, in place of pasted ones."""

    unfollowed = forms.BooleanField(
        label="Laisser de côté les entreprises dont un accompagnement est ouvert dans le département", required=False
    )
    field_order = ("departement", "title", "capacity", "unfollowed", "carry")

    def __init__(self, data: Any, *, departements: Sequence[tuple[str, str]]) -> None:
        """`departements`: those that are offered, code and label."""
        super().__init__(data, departements=departements)
        del self.fields["identifiers"]
        self.fields["capacity"].help_text = IN_ORDER
        self.fields["unfollowed"].initial = True
