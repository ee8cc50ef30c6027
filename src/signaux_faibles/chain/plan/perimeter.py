"""Who is followed, why and since when: the first tables of a run."""

from signaux_faibles.chain.plan.delivered import IfDelivered, Latest
from signaux_faibles.chain.plan.earlier_perimeters import EarlierPerimeters, judge_of
from signaux_faibles.chain.plan.step import Step
from signaux_faibles.chain.plan.words import Of, Value
from signaux_faibles.perimeter.ledger import PERIMETER_LEDGER, perimeter_ledger
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
from signaux_faibles.perimeter.rules import rules_of
from signaux_faibles.sources.batch import batch_month

RULES = Value("règles du périmètre", lambda inputs: rules_of(batch_month(inputs.deliveries.current.batch)))

STEPS = (
    Step(
        CANDIDATES,
        requested_or_candidates,
        requested=IfDelivered(Latest("filter")),
        effectif_ent=Latest("effectif_ent"),
        sirene_ul=Latest("sirene_ul"),
        sirene=Latest("sirene"),
        rules=RULES,
    ),
    Step(PERIMETER, perimeter, described=Of(CANDIDATES), rules=RULES),
    Step(CLEAN_FILTER, clean_filter, verdicts=Of(PERIMETER)),
    Step(EVER_FOLLOWED, ever_followed, effectif_ent=Latest("effectif_ent"), verdicts=Of(PERIMETER)),
    Step(
        PERIMETER_LEDGER,
        perimeter_ledger,
        described=Of(CANDIDATES),
        judge=Value("lot et règles du périmètre", judge_of, types=("filter",)),
        past=EarlierPerimeters(),
    ),
)
