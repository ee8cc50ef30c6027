"""The addresses of campagnes de contact."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.campagnes import acting, export, views

OF_CAMPAGNES = [
    path("campagnes", views.index, name="campagnes"),
    path("campagnes/nouvelle", acting.new, name="new_campagne"),
    path("campagnes/<int:number>", views.campagne, name="campagne"),
    path("campagnes/<int:number>/export.xlsx", export.campagne_workbook, name="campagne_workbook"),
    path("campagnes/<int:number>/entreprises", acting.add, name="add_to_campagne"),
    path("campagnes/<int:number>/cloture", acting.close, name="close_campagne"),
    path("campagnes/<int:number>/entreprises/<int:company>/prise", acting.take, name="take_in_campagne"),
    path("campagnes/<int:number>/entreprises/<int:company>/resultat", acting.answer, name="answer_in_campagne"),
]
