"""What a model of letter may not say, whatever the spelling; what the seeds say is sent as it is."""

from __future__ import annotations

import pytest

from signaux_faibles.web.courriers.guard import FIELDS, FORBIDDEN, faults
from signaux_faibles.web.courriers.models import TemplateKind
from signaux_faibles.web.courriers.templates import WRITING, CurrentTemplate, template_of
from signaux_faibles.web.rights.agent import Administration

ALL = set(WRITING)
URSSAF, DGFIP, BDF = Administration.URSSAF, Administration.DGFIP, Administration.BDF
LABOUR = {Administration.DDETS, Administration.DREETS, Administration.DGEFP}
NOBODY: set[Administration] = set()

SAID = [
    # words, the administrations that may write them
    ("Votre score est élevé", NOBODY),
    ("notre scoring interne", NOBODY),
    ("Vous faites l’objet d’une alerte", NOBODY),
    ("une ALERTE ÉLEVÉE", NOBODY),
    ("l’aler\u00adte", NOBODY),
    ("l’ale\u200brte", NOBODY),
    ("Signaux Faibles vous écrit", NOBODY),
    ("votre entreprise nous a été signalée", NOBODY),
    ("La de\u0301tection a retenu votre entreprise", NOBODY),
    ("votre entreprise a été repérée", NOBODY),
    ("un algorithme", NOBODY),
    ("la probabilité", NOBODY),
    ("un risque de défaillance", NOBODY),
    ("pour éviter la faillite", NOBODY),
    ("12 000 € restent dus", NOBODY),
    ("une baisse de 30 % de l’activité", NOBODY),
    ("le mandat ad hoc en cours", NOBODY),
    ("vos cotisations en retard", {URSSAF}),
    ("une dette sociale", {URSSAF}),
    ("l’inscription du privilège de l’Urssaf", {URSSAF}),
    ("votre dette fiscale", {DGFIP}),
    ("la TVA impayée", {DGFIP}),
    ("des retards de paiement", {URSSAF, DGFIP}),
    ("un impayé", {URSSAF, DGFIP}),
    ("votre cotation", {BDF}),
    ("des incidents de paiement", {BDF}),
    ("votre recours à l’activité partielle", LABOUR),
    ("Nous pouvons examiner l’échelonnement de vos cotisations", ALL),
    ("La médiation du crédit, l’activité partielle et la CCSF", ALL),
    ("Un échange confidentiel, qui n’est ni un contrôle ni une mise en demeure", ALL),
    ("La charte de confiance du 10 février 2026", ALL),
    ("{denomination}, {siren}, {administration}, {signature}, {courriel}, {date}", ALL),
]


@pytest.mark.parametrize(("text", "owners"), SAID)
@pytest.mark.parametrize("administration", WRITING)
def test_words(text: str, owners: set[Administration], administration: Administration) -> None:
    assert (faults(text, administration) == ()) is (administration in owners)


def test_each_rule_refuses_something_of_the_table() -> None:
    from signaux_faibles.web.courriers.guard import _folded

    refused = [text for text, owners in SAID if owners != ALL]
    assert [one.why for one in FORBIDDEN if not any(one.pattern.search(_folded(text)) for text in refused)] == []


@pytest.mark.parametrize("field", ["score", "niveau", "dette", "effectif", "Denomination", "denomination ", ""])
def test_a_field_that_is_not_of_the_register_or_of_the_sender_is_refused(field: str) -> None:
    said = faults(f"Bonjour {{{field}}}", URSSAF)
    assert len(said) == 1
    assert f"« {{{field}}} » n’est pas un champ" in said[0]


@pytest.mark.parametrize("text", ["Bonjour {denomination", "Bonjour denomination}", "{{denomination}}", "{a{siren}b}"])
def test_a_stray_brace_is_refused(text: str) -> None:
    assert faults(text, URSSAF)


def test_no_field_says_anything_of_what_administrations_hold() -> None:
    assert set(FIELDS) == {"denomination", "siren", "administration", "signature", "courriel", "date"}


@pytest.mark.django_db
@pytest.mark.parametrize("administration", WRITING)
@pytest.mark.parametrize("kind", TemplateKind)
def test_the_templates_of_the_application_may_be_sent(administration: Administration, kind: TemplateKind) -> None:
    template = template_of(administration, kind)
    assert (template.version, template.faults) == (0, ())
    assert "{denomination}" in template.text
    assert "{offer}" not in template.text


def test_a_subject_is_read_like_a_text() -> None:
    assert CurrentTemplate(URSSAF, TemplateKind.FIRST, 1, "Alerte", "Bonjour").faults
