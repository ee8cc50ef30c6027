"""Unlocking a company out of zone: what it asks, what it opens, what stays of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import NeverChanged
from signaux_faibles.web.rights.unlocks import MOST_UNLOCKS, Motive
from signaux_faibles.web.unlocking.models import Unlock
from signaux_faibles.web.unlocking.unlock import live_unlocks, unlock
from signaux_faibles.web.unlocking.unlock_log import UNLOCKS

SignedIn = Callable[[str], Client]
CRP, EXPIRED, PRODUCT = "CRP de la zone", "habilitations échues", "administrateur du produit"
PAGE = f"/entreprises/{BRETONNE.siren}"
PROTECTED = ("91 000 €", "Alerte élevée", "31 870 €", "13,75 ETP")


def read(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def ask(client: Client, motive: str = "LOCAL", text: str = "", siren: str = BRETONNE.siren) -> tuple[int, str]:
    answer = client.post(f"/entreprises/{siren}/deverrouillage", {"motive": motive, "text": text})
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def test_an_unlock_opens_the_page_and_stays_with_its_motive(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert [one for one in PROTECTED if one in read(crp)] == []
    assert ask(crp) == (302, f"{PAGE}#faits")
    assert [one for one in PROTECTED if one not in read(crp)] == []
    assert "Vous avez déverrouillé les données de cette entreprise jusqu’au" in read(crp)
    (row,) = Unlock.objects.all()
    assert (row.account.email, row.siren, row.motive) == ("crp@demo.example", BRETONNE.siren, "LOCAL")


def test_it_opens_its_establishments_and_no_other_company_nor_agent(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    ask(crp)
    place = read(crp, f"/etablissements/{BRETONNE.siren}00010")
    words = ("91 000 €", "Vous avez déverrouillé", "hors de votre zone")
    assert [one in place for one in words] == [True, True, False]
    assert "91 000 €" not in read(signed_in("CRP d'une autre zone"))


REFUSED = {
    "no motive": ("", "", "Choisissez un motif."),
    "a motive that does not exist": ("CURIOSITE", "", "n’est pas un motif."),
    "another motive without a sentence": ("OTHER", "  ", "Dites en une phrase"),
    "too long": ("OTHER", "x" * 501, "Au plus 500 signes"),
}


@pytest.mark.parametrize(("motive", "text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refused_form_says_why_and_loses_nothing(signed_in: SignedIn, motive: str, text: str, sentence: str) -> None:
    status, page = ask(signed_in(CRP), motive, text)
    assert (status, sentence in page) == (422, True)
    assert text.strip() in page
    assert not Unlock.objects.exists()


@pytest.mark.parametrize(("kind", "siren"), [(EXPIRED, BRETONNE.siren), (CRP, ATELIERS.siren)])
def test_where_the_zone_alone_closes_nothing_there_is_nothing_to_unlock(
    signed_in: SignedIn, kind: str, siren: str
) -> None:
    client = signed_in(kind)
    assert "Déverrouiller" not in read(client, f"/entreprises/{siren}")
    assert ask(client, siren=siren) == (302, f"/entreprises/{siren}#droits")
    assert not Unlock.objects.exists()


def test_the_administrator_of_the_product_unlocks_nothing(signed_in: SignedIn) -> None:
    assert ask(signed_in(PRODUCT))[0] == 403
    assert not Unlock.objects.exists()


def test_an_address_that_is_only_followed_leads_to_the_page(signed_in: SignedIn) -> None:
    assert signed_in(CRP).get(f"{PAGE}/deverrouillage").headers["Location"] == f"{PAGE}#droits"


def test_an_unlock_is_never_changed_nor_deleted(account: Callable[[str], Account]) -> None:
    row = unlock(account(CRP), BRETONNE.siren, Motive.LOCAL, "")
    for change in (row.save, row.delete, Unlock.objects.all().delete, lambda: Unlock.objects.update(siren="0")):
        with pytest.raises(NeverChanged):
            change()


def test_the_last_unlock_counts_and_an_ended_one_opens_nothing(account: Callable[[str], Account]) -> None:
    crp = account(CRP)
    row = unlock(crp, BRETONNE.siren, Motive.LOCAL, "")
    assert live_unlocks(crp, row.until) == {BRETONNE.siren: row.until}
    assert live_unlocks(crp, row.until + timedelta(days=1)) == {}
    assert live_unlocks(account("CRP d'une autre zone"), date(2020, 1, 1)) == {}


def test_the_twenty_first_in_a_week_alerts_and_names_no_company(
    account: Callable[[str], Account], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(UNLOCKS), "propagate", True)
    crp = account(CRP)
    with caplog.at_level(logging.INFO, logger=UNLOCKS):
        for n in range(MOST_UNLOCKS + 1):
            assert "mass-unlock" not in caplog.text
            unlock(crp, f"{800_000_000 + n}", Motive.NATIONAL, "")
    assert 'event=mass-unlock email="crp@demo.example" administration="DREETS" unlocks=21' in caplog.text
    assert "8000000" not in caplog.text
