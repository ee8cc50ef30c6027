"""The addresses of follow-ups."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.accompagnements.pages import (
    acting,
    answering,
    export,
    figures,
    opening,
    portfolio,
    saved_views,
    views,
    writing,
)

OF_FOLLOW_UPS = [
    path("accompagnements", views.index, name="follow_ups"),
    path("accompagnements/export.xlsx", export.follow_ups_workbook, name="follow_ups_workbook"),
    path("accompagnements/statistiques", figures.figures, name="follow_up_figures"),
    path("accompagnements/vues", saved_views.keep_view, name="keep_view"),
    path("accompagnements/vues/suppression", saved_views.forget_view, name="forget_view"),
    path("accompagnements/portefeuille", portfolio.portfolio, name="portfolio"),
    path("accompagnements/portefeuille/transfert", portfolio.transfer, name="transfer_portfolio"),
    path("accompagnements/portefeuille/absence", portfolio.plan_cover, name="plan_cover"),
    path("accompagnements/portefeuille/absence/<int:number>/fin", portfolio.stop_cover, name="stop_cover"),
    path("accompagnements/sans-referent", portfolio.orphans, name="orphans"),
    path("accompagnements/<int:number>", views.follow_up, name="follow_up"),
    path("accompagnements/<int:number>/historique", views.follow_up_history, name="follow_up_history"),
    path("accompagnements/<int:number>/informations", acting.edit, name="edit_follow_up"),
    path("accompagnements/<int:number>/amiable", acting.amicable, name="edit_amicable"),
    path("accompagnements/<int:number>/deplacement", acting.move, name="move_follow_up"),
    path("accompagnements/<int:number>/cloture", acting.close, name="close_follow_up"),
    path("accompagnements/<int:number>/contributeurs", acting.people, name="people_of_follow_up"),
    path("accompagnements/<int:number>/reprise", acting.take, name="take_follow_up"),
    path("accompagnements/<int:number>/copie", acting.duplicate, name="duplicate_follow_up"),
    path("accompagnements/<int:number>/dispositifs-vus", answering.answer_aid, name="answer_aid"),
    path("accompagnements/<int:number>/prises-de-contact", acting.touch, name="touch_company"),
    path("accompagnements/<int:number>/taches", acting.add_task, name="add_task"),
    path("accompagnements/<int:number>/taches/<int:task>", acting.change_task, name="change_task"),
    path("accompagnements/<int:number>/contacts", acting.contact, name="add_contact"),
    path("accompagnements/<int:number>/contacts/<int:person>", acting.contact, name="edit_contact"),
    path("accompagnements/<int:number>/commentaires/<int:identifier>", writing.edit_comment, name="edit_comment"),
    path("accompagnements/<int:number>/reseaux/<str:network>/commentaires", writing.write_comment, name="comment"),
    path("accompagnements/<int:number>/reseaux/<str:network>/lecteurs", writing.readers_of_text, name="text_readers"),
    path("accompagnements/<int:number>/reseaux/<str:network>/synthese", writing.synthesis, name="synthesis"),
    path("etablissements/<str:siret>/accompagnement", opening.open_follow_up, name="open_follow_up"),
    path("etablissements/<str:siret>/prise-de-contact", opening.touch_place, name="touch_place"),
]
