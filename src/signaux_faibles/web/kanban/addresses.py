"""The addresses of the Kanban."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.kanban import views

OF_KANBAN = [
    path("kanban", views.boards, name="boards"),
    path("kanban/<slug:region>", views.board, name="board"),
    path("kanban/<slug:region>/cartes", views.cards, name="cards"),
    path("kanban/<slug:region>/limites", views.limit_columns, name="limit_columns"),
    path("kanban/<slug:region>/ouverture", views.open_from_board, name="open_from_board"),
    path("kanban/<slug:region>/archives", views.archives, name="archived_cards"),
    path("kanban/<slug:region>/cartes/<int:number>", views.preview, name="preview_card"),
    path("kanban/<slug:region>/cartes/<int:number>/deplacement", views.move_card, name="move_card"),
    path("kanban/<slug:region>/cartes/<int:number>/archivage", views.archive_card, name="archive_card"),
]
