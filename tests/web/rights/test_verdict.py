"""An act that a right refuses says why, in the words of its reason."""

from __future__ import annotations

from signaux_faibles.web.rights.alert_work import WorkRefusal
from signaux_faibles.web.rights.verdict import RefusedByRight, Verdict


def test_a_refusal_is_its_reason_in_words_and_holds_the_verdict() -> None:
    verdict = Verdict(False, WorkRefusal.OUT_OF_ZONE)
    refused = RefusedByRight(verdict)
    assert (str(refused), refused.verdict) == (WorkRefusal.OUT_OF_ZONE.value, verdict)
