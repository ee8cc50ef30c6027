"""The controls of forms are those that the templates of Django write, to the byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from signaux_faibles.web.components.form_controls import CONTROLS, FormControls

CHOICES = [("", "Sans"), ("a&b", 'Un "mot"'), ("c", "<c>")]
GROUPED = [("Région", [("1", "Une"), ("2", "Deux")]), ("3", "Trois")]
WIDGETS = {
    "text": (forms.TextInput(attrs={"maxlength": 8, "required": True, "hidden": False}), 'l’« été » & "<b>"'),
    "no value": (forms.TextInput(), None),
    "hidden": (forms.HiddenInput(), "12"),
    "date": (forms.DateInput(attrs={"type": "date"}), "2026-11-02"),
    "number": (forms.NumberInput(attrs={"min": 0}), 0),
    "e-mail": (forms.EmailInput(), "a@b.fr"),
    "password": (forms.PasswordInput(), "secret"),
    "checked": (forms.CheckboxInput(), True),
    "not checked": (forms.CheckboxInput(), False),
    "long text": (forms.Textarea(attrs={"rows": 3}), "un\n<deux>"),
    "empty text": (forms.Textarea(), ""),
    "choice": (forms.Select(choices=CHOICES), "a&b"),
    "choices": (forms.SelectMultiple(choices=CHOICES), ["a&b", "c"]),
    "grouped": (forms.Select(choices=GROUPED), "2"),
}


@pytest.mark.parametrize(("widget", "value"), WIDGETS.values(), ids=WIDGETS.keys())
def test_a_control_is_that_of_django(widget: forms.Widget, value: object) -> None:
    name, attributes = "champ", {"id": "id_champ", "class": "fr-input", "aria-describedby": "aide"}
    ours = widget.render(name, value, attributes, renderer=FormControls())
    assert ours == widget.render(name, value, attributes, renderer=DjangoTemplates())


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("kind", [forms.CheckboxSelectMultiple, forms.RadioSelect])
def test_a_choice_among_several_is_that_of_django(kind: type[forms.ChoiceWidget], wrapped: bool) -> None:
    widget = kind(choices=CHOICES)

    def written(renderer: DjangoTemplates) -> Iterator[str]:
        for option in widget.subwidgets("champ", ["c"], {"id": "id_champ"}):
            asked = {"widget": option | {"wrap_label": wrapped}}
            yield widget._render(option["template_name"], asked, renderer)

    assert list(written(FormControls())) == list(written(DjangoTemplates()))


def test_each_control_replaces_a_template_that_django_has() -> None:
    assert [name for name in CONTROLS if DjangoTemplates().get_template(name) is None] == []


def test_what_is_no_control_of_ours_is_written_by_django() -> None:
    class Whole(forms.Form):
        default_renderer = FormControls
        name = forms.CharField()

    assert "<label" in str(Whole())
