"""Who is followed: the first tables of a run."""

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.perimeter.perimeter import (
    CANDIDATES,
    CLEAN_FILTER,
    EVER_FOLLOWED,
    PERIMETER,
    candidates,
    clean_filter,
    ever_followed,
    listed_candidates,
    perimeter,
)
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema


def _candidates(inputs: Inputs) -> Relation:
    """By headcount, or by the explicit list that the batch delivers."""
    register = (inputs.staged("sirene_ul"), inputs.staged("sirene"))
    if inputs.delivery("filter"):
        return listed_candidates(inputs.staged("filter"), *register)
    return candidates(inputs.staged("effectif_ent"), *register)


TABLES: dict[Schema, Rule] = {
    CANDIDATES: _candidates,
    PERIMETER: lambda i: perimeter(i.table("candidates")),
    CLEAN_FILTER: lambda i: clean_filter(i.table("perimeter")),
    EVER_FOLLOWED: lambda i: ever_followed(i.staged("effectif_ent"), i.table("perimeter")),
}
