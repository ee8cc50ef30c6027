"""Who is followed: the first tables of a run."""

from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import IfDelivered, Latest, Of
from signaux_faibles.perimeter.perimeter import (
    CANDIDATES,
    CLEAN_FILTER,
    EVER_FOLLOWED,
    PERIMETER,
    clean_filter,
    ever_followed,
    perimeter,
    requested_or_candidates,
)

STEPS = (
    Step(
        CANDIDATES,
        requested_or_candidates,
        requested=IfDelivered(Latest("filter")),
        effectif_ent=Latest("effectif_ent"),
        sirene_ul=Latest("sirene_ul"),
        sirene=Latest("sirene"),
    ),
    Step(PERIMETER, perimeter, described=Of(CANDIDATES)),
    Step(CLEAN_FILTER, clean_filter, verdicts=Of(PERIMETER)),
    Step(EVER_FOLLOWED, ever_followed, effectif_ent=Latest("effectif_ent"), verdicts=Of(PERIMETER)),
)
