"""Identity of companies and establishments, headcounts, directors."""

from signaux_faibles.chain.plan.activities import NAF25_CODES, REV2_CODES
from signaux_faibles.chain.plan.delivered import History, Latest
from signaux_faibles.chain.plan.inputs import FIRST_HEADCOUNT, Among
from signaux_faibles.chain.plan.revisions import Revisions
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Of, extraction_of, months, reference
from signaux_faibles.tables.register.directors import DIRECTORS, directors
from signaux_faibles.tables.register.effectif import (
    CLEAN_EFFECTIF,
    CLEAN_EFFECTIF_ENT,
    EFFECTIF_GAPS,
    HEADCOUNT,
    KNOWN_EFFECTIF_ENT,
    MONTH,
    clean_effectif,
    clean_effectif_ent,
    effectif_gaps,
    known_effectif_ent,
)
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO, clean_sirene_histo
from signaux_faibles.tables.register.register import CLEAN_SIRENE, CLEAN_SIRENE_UL, clean_sirene, clean_sirene_ul
from signaux_faibles.tables.register.trade_names import TRADE_NAMES, trade_names

STEPS = (
    Step(
        CLEAN_SIRENE,
        clean_sirene,
        sirene=Latest("sirene"),
        naf=REV2_CODES,
        naf25=NAF25_CODES,
        departements=reference("labels_departement_region"),
    ),
    Step(
        CLEAN_SIRENE_UL,
        clean_sirene_ul,
        sirene_ul=Latest("sirene_ul"),
        sirene=Latest("sirene"),
        naf=REV2_CODES,
        naf25=NAF25_CODES,
        categories=reference("categories_juridiques"),
        departements=reference("labels_departement_region"),
    ),
    Step(TRADE_NAMES, trade_names, sirene_ul=Latest("sirene_ul"), sirene=Latest("sirene")),
    Step(CLEAN_SIRENE_HISTO, clean_sirene_histo, sirene_histo=Latest("sirene_histo", Among.PERIMETER)),
    Step(CLEAN_EFFECTIF, clean_effectif, effectif=Latest("effectif", Among.PERIMETER)),
    Step(CLEAN_EFFECTIF_ENT, clean_effectif_ent, effectif_ent=Latest("effectif_ent", Among.PERIMETER)),
    Step(EFFECTIF_GAPS, effectif_gaps, effectif_ent=Of(CLEAN_EFFECTIF_ENT)),
    Step(
        KNOWN_EFFECTIF_ENT,
        known_effectif_ent,
        deliveries=Revisions("effectif_ent", key=MONTH, values=HEADCOUNT),
        extraction=extraction_of("effectif_ent"),
        calendar=months(FIRST_HEADCOUNT),
    ),
    Step(
        DIRECTORS,
        directors,
        deliveries=History("rne", Among.EVER_FOLLOWED),
        roles=reference("roles_rne"),
        rows_of=("deliveries",),
    ),
)
