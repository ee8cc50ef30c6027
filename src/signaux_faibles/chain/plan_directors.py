"""Directors of companies."""

from signaux_faibles.chain.plan.inputs import Rule
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables.register.directors import DIRECTORS, directors

TABLES: dict[Schema, Rule] = {
    DIRECTORS: lambda i: directors(i.every_delivery("rne"), i.reference("roles_rne")),
}
