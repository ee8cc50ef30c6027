"""What forms say of a value that they refuse, where a field says nothing better: Django's words suit developers."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

NO_CHOICE = "« %(value)s » n’est pas un des choix proposés."
TOO_LONG = "Au plus %(limit_value)d signes : ce texte en a %(show_value)d."
UNREADABLE = "Ce texte contient un caractère qui ne se lit pas : retirez-le."
MESSAGES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Remplissez ce champ."},
    forms.ChoiceField: {"invalid_choice": NO_CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": NO_CHOICE, "invalid_list": "Choisissez dans la liste."},
    forms.ModelChoiceField: {"invalid_choice": "Ce choix n’est plus proposé."},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": NO_CHOICE,
        "invalid_list": "Choisissez dans la liste.",
        "invalid_pk_value": "« %(pk)s » n’est pas un des choix proposés.",
    },
    forms.IntegerField: {"invalid": "Indiquez un nombre entier."},
    forms.DateField: {"invalid": "Indiquez un jour, comme 31/12/2026."},
}


def speak_french() -> None:
    """Give every form these messages, once, when the application starts."""
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    MaxLengthValidator.message = TOO_LONG
    ProhibitNullCharactersValidator.message = UNREADABLE
