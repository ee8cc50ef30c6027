"""The pages of the companies of a séance as a file, each reading journalled before it leaves."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import UNKNOWN, open_to_codefi
from signaux_faibles.web.consultation.company_sheet import SHOWN_FAMILIES, CompanySheet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.documents.pdf import CannotDraw, draw_pdf
from signaux_faibles.web.documents.word import TYPE
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.reading import record_page
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.seances.leaves import leaves_docx, leaves_of
from signaux_faibles.web.seances.reading import SeanceSheet
from signaux_faibles.web.seances.views import sheet_of


@require_safe
@open_to_codefi
def leaves(request: AgentRequest, number: int, extension: str) -> HttpResponse:
    """One page per company of the agenda, in PDF or DOCX, by the rights of whoever asks for it."""
    if extension not in ("pdf", "docx"):
        raise Http404(UNKNOWN)
    seance, reader = sheet_of(request, number), Reader.of(request, in_a_file=True)
    sheets = _sheets(seance, reader, request)
    drawn = leaves_of(seance, sheets, request.user.name, reader.today, request.snapshot.manifest)
    try:
        document = leaves_docx(drawn) if extension == "docx" else draw_pdf("seances/leaves.html", {"leaves": drawn})
    except CannotDraw:
        return render(request, "errors/no_pdf.html", status=503)
    for siren, sheet in sheets.items():
        record_page(
            reader, siren, sheet.ask, SHOWN_FAMILIES, snapshot=request.snapshot.manifest.id, kind=EntryKind.EXPORT
        )
    answer = HttpResponse(document, content_type=TYPE if extension == "docx" else "application/pdf")
    name = f"fiches-{seance.seance.departement}-{seance.seance.on.isoformat()}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sheets(seance: SeanceSheet, reader: Reader, request: AgentRequest) -> dict[str, CompanySheet]:
    read = {
        one.siren: CompanySheet.read(one.siren, reader=reader, snapshot=request.snapshot, home=settings.SF_HOME)
        for one in seance.items
    }
    return {siren: sheet for siren, sheet in read.items() if sheet is not None}
