"""Pages of the letter templates: read by every agent, changed by those of their administration."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from signaux_faibles.web.accompagnements.pages.acting import ACT
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.courriers.forms import TemplateForm
from signaux_faibles.web.courriers.guard import FIELDS
from signaux_faibles.web.courriers.models import TemplateKind
from signaux_faibles.web.courriers.templates import (
    WRITING,
    CurrentTemplate,
    TemplateRefused,
    WrittenMeanwhile,
    template_of,
    verdicts,
    versions_of,
    write_version,
)
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.letters import decide_template

MEANWHILE = "Un collègue a écrit une version pendant que vous lisiez : la vôtre n’est pas gardée. Voici la sienne."


@require_safe
def templates(request: AgentRequest) -> HttpResponse:
    """The templates of every administration."""
    letter_templates = [
        (administration, verdict.allowed, [(kind, template_of(administration, kind)) for kind in TemplateKind])
        for administration, verdict in verdicts(actor_of(request))
    ]
    return render(request, "courriers/templates.html", {"offered": letter_templates})


@ACT
def template(request: AgentRequest, administration: str, kind: str) -> HttpResponse:
    """A template with its versions; the form that writes the next one, for whoever may."""
    template = _template(administration, kind)
    verdict, notice, status = decide_template(request.agent, template.administration), "", 200
    form = _form(template, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        read = replace(template, version=form.cleaned_data["version"])
        try:
            write_version(actor_of(request), read, form.cleaned_data["subject"], form.cleaned_data["text"])
        except TemplateRefused as refused:
            status = 422 if verdict.allowed else 403
            for sentence in refused.sentences:
                form.add_error("text", sentence)
        except WrittenMeanwhile:
            notice, status, template = MEANWHILE, 409, _template(administration, kind)
            form = _form(template, None)
        else:
            return redirect("letter_template", administration, kind)
    context = {
        "template": template,
        "verdict": verdict,
        "form": form if verdict.allowed else None,
        "notice": notice,
        "fields": [(f"{{{name}}}", meaning) for name, meaning in FIELDS.items()],
        "versions": versions_of(template.administration, template.kind),
    }
    return render(request, "courriers/template.html", context, status=422 if form.errors and status == 200 else status)


def _form(template: CurrentTemplate, data: object) -> TemplateForm:
    read = {"version": template.version, "subject": template.subject, "text": template.text}
    return TemplateForm(data, initial=read)  # type: ignore[arg-type]


def _template(administration: str, kind: str) -> CurrentTemplate:
    owner = Administration.__members__.get(administration)
    if owner not in WRITING or kind not in TemplateKind.__members__:
        raise Http404
    return template_of(owner, TemplateKind[kind])
