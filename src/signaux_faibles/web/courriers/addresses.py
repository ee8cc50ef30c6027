"""The addresses of letters to directors."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.courriers import editing, following, selection, views

OF_LETTERS = [
    path("etablissements/<str:siret>/courrier", views.letter, name="letter"),
    path("etablissements/<str:siret>/courrier.docx", views.letter_file, name="letter_file"),
    path("etablissements/<str:siret>/courrier/suite", following.follow_answer, name="follow_answer"),
    path("courriers/reponses", following.answers, name="letter_answers"),
    path("selection/courriers", selection.letters, name="letters"),
    path("courriers/modeles", editing.templates, name="letter_templates"),
    path("courriers/modeles/<str:administration>/<str:kind>", editing.template, name="letter_template"),
    path("courriers/dispositifs.<str:extension>", views.dispositifs_file, name="dispositifs_file"),
]
