"""The addresses of what is done with selected companies."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.selections import campaigning, views

OF_SELECTIONS = [
    path("listes/<int:number>/ouverture", views.open_selected, name="open_selected"),
    path("listes/<int:number>/campagne", campaigning.launch_campagne, name="launch_campagne"),
    path("selection/seance", views.add_selected_to_seance, name="add_selected_to_seance"),
]
