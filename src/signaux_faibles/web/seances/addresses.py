"""The addresses of séances."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.seances import acting, leaves_page, views

OF_SEANCES = [
    path("seances", views.index, name="seances"),
    path("seances/nouvelle", acting.new, name="new_seance"),
    path("seances/<int:number>", views.seance, name="seance"),
    path("seances/<int:number>/preparation", acting.prepare, name="prepare_seance"),
    path("seances/<int:number>/entreprises", acting.add, name="add_to_seance"),
    path("seances/<int:number>/entreprises/accompagnees", acting.add_followed, name="add_followed_to_seance"),
    path("seances/<int:number>/entreprises/a-revoir", acting.add_to_review, name="add_to_review_to_seance"),
    path("seances/<int:number>/entreprises/<int:company>/retrait", acting.remove, name="remove_from_seance"),
    path("seances/<int:number>/entreprises/<int:company>/rang", acting.move, name="move_in_seance"),
    path("seances/<int:number>/entreprises/<int:company>/decision", acting.decide, name="decide_in_seance"),
    path("seances/<int:number>/envoi", acting.send, name="send_seance"),
    path("seances/<int:number>/fiches.<str:extension>", leaves_page.leaves, name="seance_leaves"),
    path("seances/<int:number>/<str:kind>.<str:extension>", views.paper, name="seance_paper"),
]
