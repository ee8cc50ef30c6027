"""What the text of a notice says, in the wordings that BODACC publishes."""

from __future__ import annotations

from datetime import date

import pytest

from signaux_faibles.web.consultation.notice_details import NoticeDetails, notice_details

SEE = " Les déclarations des créances sont à adresser au mandataire judiciaire dans les deux mois."
TEXTS = {
    "an opening": (
        "Jugement prononçant l'ouverture d'une procédure de redressement judiciaire, date de cessation des paiements "
        "le 27 mai 2016 désignant mandataire judiciaire SELARL Kermonsac." + SEE,
        NoticeDetails(date(2016, 5, 27), (("mandataire judiciaire", "SELARL Kermonsac"),)),
    ),
    "a liquidation": (
        "Jugement prononçant la liquidation judiciaire, date de cessation des paiements le 1er avril 2010, désignant "
        "liquidateur SELARL Quergueron." + SEE,
        NoticeDetails(date(2010, 4, 1), (("liquidateur", "SELARL Quergueron"),)),
    ),
    "two people": (
        "Jugement d'ouverture désignant administrateur Me Valcichamp, mandataire judiciaire SELARL Lougnysac.",
        NoticeDetails(None, (("administrateur", "Me Valcichamp"), ("mandataire judiciaire", "SELARL Lougnysac"))),
    ),
    "a day that does not exist": ("Date de cessation des paiements le 31 février 2020.", NoticeDetails()),
    "neither": ("Jugement prononçant la clôture de la procédure pour insuffisance d'actif.", NoticeDetails()),
    "no text": (None, NoticeDetails()),
}


@pytest.mark.parametrize(("text", "details"), TEXTS.values(), ids=TEXTS)
def test_the_details_of_a_notice(text: str | None, details: NoticeDetails) -> None:
    assert notice_details(text) == details
