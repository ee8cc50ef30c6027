"""What forms say of a value that they refuse, and pages of a request that they cannot read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.test import Client
from pytest_django import Settings

from signaux_faibles.web.components.form_messages import TOO_LONG

SAID: dict[str, tuple[forms.Field, object, str]] = {
    "nothing": (forms.CharField(), "", "Remplissez ce champ."),
    "too long": (forms.CharField(max_length=3), "abcd", "Au plus 3 signes : ce texte en a 4."),
    "unreadable": (forms.CharField(), "a\x00", "Ce texte contient un caractère qui ne se lit pas : retirez-le."),
    "no choice": (forms.ChoiceField(choices=[("a", "A")]), "z", "« z » n’est pas un des choix proposés."),
    "one of the choices": (
        forms.MultipleChoiceField(choices=[("a", "A")]),
        ["a", "z"],
        "« z » n’est pas un des choix proposés.",
    ),
    "no number": (forms.IntegerField(), "1.5", "Indiquez un nombre entier."),
    "no day": (forms.DateField(), "demain", "Indiquez un jour, comme 31/12/2026."),
}


@pytest.mark.parametrize(("field", "value", "sentence"), SAID.values(), ids=SAID)
def test_a_value_is_refused_in_a_sentence(field: forms.Field, value: object, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    assert refused.value.messages == [sentence]


def test_a_field_that_says_better_is_left_alone() -> None:
    field = forms.CharField(max_length=3, error_messages={"max_length": "Trop long."})
    with pytest.raises(forms.ValidationError, match="Trop long"):
        field.clean("abcd")
    assert TOO_LONG != "Trop long."


@pytest.mark.django_db
def test_what_is_too_long_to_be_read_says_so(signed_in: Callable[[str], Client], settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = signed_in("CRP de la zone").post("/recherche/identifiants", {"identifiers": "1" * 200})
    assert (answer.status_code, "Ce que vous envoyez est trop long." in answer.content.decode()) == (413, True)


@pytest.mark.django_db
def test_a_method_that_an_address_does_not_have_is_answered_by_a_page(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("CRP de la zone").post("/listes")
    assert (answer.status_code, "Rien ne s’envoie à cette adresse." in answer.content.decode()) == (405, True)
    assert answer.headers["Allow"]
