"""The controls of forms, written at once: Django renders a template for each, and another one for its attributes.

A page of a company holds some fifty. What is written is what the templates of Django write, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from signaux_faibles.web.components.escaping import escaped

Widget = Mapping[str, Any]


class FormControls(DjangoTemplates):
    """The renderer of forms: those of our pages in Python, the others by the templates of Django."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> SafeString:
        """A control, or a form, in HTML."""
        write = CONTROLS.get(template_name)
        if write is None:
            return mark_safe(super().render(template_name, dict(context), request))  # noqa: S308 (a template)
        return mark_safe(write(context["widget"]).strip())  # noqa: S308 (each value is escaped where it is written)


def _attributes(widget: Widget) -> str:
    attributes = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in attributes
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{_text(widget["value"] or "")}</textarea>'


def _labelled(widget: Widget) -> str:
    """A choice among several, which its label may hold."""
    if not widget.get("wrap_label"):
        return _input(widget)
    key = widget["attrs"].get("id")
    pointed = f' for="{_text(key)}"' if key else ""
    return f"<label{pointed}>{_input(widget)}\n {_text(widget['label'])}</label>"


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    written = "".join(f"\n  {_option(one)}\n" for one in options)
    return f'\n  <optgroup label="{_text(name)}">{written}\n  </optgroup>' if name else written


def _option(option: Widget) -> str:
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>'


def _text(value: Any) -> str:
    return escaped(value if isinstance(value, str) else str(value))


_FOLDER = "django/forms/widgets"
CONTROLS: Mapping[str, Callable[[Widget], str]] = {
    f"{_FOLDER}/{name}.html": write
    for write, names in {
        _input: ("input", "text", "hidden", "date", "number", "email", "password", "checkbox"),
        _textarea: ("textarea",),
        _select: ("select",),
        _labelled: ("input_option", "checkbox_option", "radio_option"),
    }.items()
    for name in names
}
"""By the template of Django that it replaces."""
