"""Going to ProConnect, and coming back with an identity, or with a refusal that is a sentence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from signaux_faibles.web.accounts import sign_in_log
from signaux_faibles.web.accounts.proconnect.backend import STRONG, IdentityRefused, NoAccount
from signaux_faibles.web.accounts.second_factor.gate import SecondFactor, keep_given
from signaux_faibles.web.accounts.session_terms import remember_visit
from signaux_faibles.web.accounts.sign_in import IDLE, SignInForm

REFUSED = "ProConnect n’a pas confirmé votre identité. Recommencez ; si le refus persiste, utilisez votre compte local."
GIVEN_UP = "Vous n’avez pas terminé l’identification à ProConnect."
CLOSED = "Ce compte est fermé. Adressez-vous au correspondant de votre administration."
BACKEND = "signaux_faibles.web.accounts.proconnect.backend.ProConnectBackend"


class AskProConnect(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Lead to ProConnect, and ask for a sign-in with two factors."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to ProConnect; 404 where it is not set."""
        if not settings.SF_PROCONNECT_ISSUER:
            raise Http404
        answer: HttpResponse = super().get(request)
        return answer

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:  # noqa: ARG002 (given by the library)
        """What is asked beside the identity: preferred levels, and by which means it was proved."""
        return {"acr_values": " ".join(sorted(STRONG)), "claims": '{"id_token":{"amr":null}}'}


class BackFromProConnect(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Open a session for the account of the identity."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Open a session, or show the sign-in page with a sentence; only the log says which check failed."""
        if not settings.SF_PROCONNECT_ISSUER:
            raise Http404
        try:
            answer: HttpResponse = super().get(request)
        except NoAccount as none:
            return self._refused(str(none), "no account")
        except (IdentityRefused, SuspiciousOperation) as refused:
            return self._refused(REFUSED, str(refused))
        return answer

    def login_failure(self) -> HttpResponse:
        """The agent gave up, or we never asked for this answer."""
        account = getattr(self, "user", None)
        return self._refused(CLOSED if account else GIVEN_UP, "closed account" if account else "given up")

    def login_success(self) -> HttpResponse:
        """Open the session; a sign-in without two factors still owes our second factor."""
        if self.user.idle(timezone.localdate()):
            return self._refused(IDLE, "idle account")
        before, strong = self.user.last_login, self.request.session_is_strong
        token = self.request.session["oidc_id_token"]
        login(self.request, self.user, backend=BACKEND)
        self.request.session["oidc_id_token"] = token  # the session of another account was emptied
        remember_visit(self.request, before)
        if strong:
            keep_given(self.request, SecondFactor.PROVIDER)
        sign_in_log.record(sign_in_log.SUCCESS, self.request, email=self.user.email)
        return redirect(self.success_url)

    def _refused(self, sentence: str, why: str) -> HttpResponse:
        sign_in_log.record(sign_in_log.PROVIDER_REFUSED, self.request, email="", why=why)
        content: dict[str, Any] = {
            "form": SignInForm(self.request, demo_allowed=False),
            "proconnect": settings.SF_PROCONNECT_ISSUER,
            "refusal": sentence,
        }
        return render(self.request, "accounts/sign_in.html", content, status=403)


ask_proconnect = login_not_required(AskProConnect.as_view())
back_from_proconnect = login_not_required(BackFromProConnect.as_view())
