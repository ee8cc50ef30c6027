"""A field of a form, written at once: a list has twenty of them, the page of a company a dozen."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from signaux_faibles.web.components.escaping import escaped

register = template.Library()
FIELDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A field of a form; its label, its hint and its errors are tied to it for screen readers."""
    kind = next((name for widgets, name in FIELDS if isinstance(bound.field.widget, widgets)), "input")
    if kind == "checkboxes":
        return _safe(_checkboxes(bound))
    wrong = bool(bound.errors)
    texts = [f"{bound.auto_id}-hint"] * bool(bound.help_text) + [f"{bound.auto_id}-error"] * wrong
    attributes: dict[str, str | bool] = {"class": "" if kind == "checkbox" else f"fr-{kind}"}
    attributes |= {"aria-describedby": " ".join(texts)} if texts else {}
    attributes |= {"aria-invalid": "true"} if wrong else {}
    control, errors = bound.as_widget(attrs=attributes), _errors(bound) if wrong else ""
    if kind == "checkbox":
        group = _group("fr-checkbox-group", "fr-checkbox-group--sm", wrong=wrong)
        return _safe(f"{group}{control}{_label(bound)}\n  {errors}</div>\n")
    group = _group(f"fr-{kind}-group", wrong=wrong)
    return _safe(f"{group}\n  {_label(bound)}\n  {control}\n  {errors}\n</div>\n")


def _checkboxes(bound: BoundField) -> str:
    key, wrong = escaped(bound.auto_id), bool(bound.errors)
    options = "".join(
        '<div class="fr-fieldset__element fr-mb-1v"><div class="fr-checkbox-group fr-checkbox-group--sm">'
        f'{one.tag()}<label class="fr-label" for="{escaped(one.id_for_label)}">'
        f"{escaped(one.choice_label)}</label></div></div>\n"
        for one in bound
    )
    named = f"{key}-legend {key}-error" if wrong else f"{key}-legend"
    legend = "fr-fieldset__legend fr-fieldset__legend--regular fr-text--sm"
    return (
        f'<fieldset class="fr-fieldset{" fr-fieldset--error" if wrong else ""}" aria-labelledby="{named}">\n'
        f'<legend class="{legend}" id="{key}-legend">{escaped(bound.label)}</legend>\n'
        f"{_errors(bound, 'fr-error-text fr-fieldset__element fr-mt-0 fr-mb-1w')}\n{options}</fieldset>\n"
    )


def _group(name: str, *others: str, wrong: bool) -> str:
    return f'<div class="{" ".join((name, *others, *([f"{name}--error"] if wrong else [])))}">'


def _label(bound: BoundField) -> str:
    hint = ""
    if bound.help_text:
        key = escaped(bound.auto_id)
        hint = f'\n    <span class="fr-hint-text" id="{key}-hint">{escaped(bound.help_text)}</span>'
    pointed = escaped(bound.id_for_label)
    return f'<label class="fr-label" for="{pointed}">{escaped(bound.label)}{hint}</label>'


def _errors(bound: BoundField, kind: str = "fr-error-text") -> str:
    if not bound.errors:
        return ""
    texts = " ".join(escaped(str(one)) for one in bound.errors)
    return f'<p class="{kind}" id="{escaped(bound.auto_id)}-error">{texts}</p>'


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (controls of forms, and texts that are escaped above)
