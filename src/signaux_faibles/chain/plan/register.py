"""Identity of companies and establishments, from INSEE."""

from signaux_faibles.chain.plan.inputs import Inputs, Rule
from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Schema
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO, clean_sirene_histo
from signaux_faibles.tables.register.register import CLEAN_SIRENE, CLEAN_SIRENE_UL, clean_sirene, clean_sirene_ul


def _clean_sirene_ul(inputs: Inputs) -> Relation:
    labels = ("naf_codes", "naf25_codes", "categories_juridiques", "labels_departement_region")
    return clean_sirene_ul(
        inputs.staged("sirene_ul"), inputs.staged("sirene"), *(inputs.reference(name) for name in labels)
    )


TABLES: dict[Schema, Rule] = {
    CLEAN_SIRENE: lambda i: clean_sirene(
        i.staged("sirene"), i.reference("naf_codes"), i.reference("labels_departement_region")
    ),
    CLEAN_SIRENE_UL: _clean_sirene_ul,
    CLEAN_SIRENE_HISTO: lambda i: clean_sirene_histo(i.followed(i.staged("sirene_histo"))),
}
