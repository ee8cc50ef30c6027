"""Who is followed: the first tables of a run."""

from signaux_faibles.chain.inputs import Inputs, Rule
from signaux_faibles.perimeter.perimeter import (
    EVER_FOLLOWED,
    PERIMETER,
    clean_filter,
    ever_followed,
    explicit_perimeter,
    perimeter,
)
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables import schemas


def _perimeter(inputs: Inputs) -> Relation:
    """By headcount, or by the explicit list that the batch delivers."""
    register = (inputs.staged("sirene_ul"), inputs.staged("sirene"))
    if inputs.delivery("filter"):
        return explicit_perimeter(inputs.staged("filter"), *register)
    return perimeter(inputs.staged("effectif_ent"), *register)


TABLES: dict[Schema, Rule] = {
    PERIMETER: _perimeter,
    schemas.CLEAN_FILTER: lambda i: clean_filter(i.table("perimeter")),
    EVER_FOLLOWED: lambda i: ever_followed(i.staged("effectif_ent"), i.table("perimeter")),
}
