"""The official table of correspondence between the NAF rév. 2 and the NAF 2025 (new-facts §0.1).

Generated page: docs/sources/correspondance_naf.md.
"""

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import CODE, FieldType
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, Nomenclature
from signaux_faibles.sources.origin import PublicDataset


def _sub_class(of: Nomenclature) -> FieldType:
    """The code of a sub-class, whose dot the table may leave out: 6201Z is 62.01Z."""

    def value(text: str) -> str:
        dotted = f"regexp_replace({text}, '^([0-9]{{2}})([0-9]{{2}}[A-Z])$', '\\1.\\2')"
        return f"CASE WHEN regexp_full_match({dotted}, '{of.shape}') THEN {dotted} END"

    return FieldType(f"sous-classe {of.label}", Kind.TEXT, value, f"n'est pas le code d'une sous-classe {of.label}")


REV2_SUB_CLASS, NAF25_SUB_CLASS = _sub_class(NAF_REV2), _sub_class(NAF_2025)


def _codes(name: str, type_: FieldType, header: str, *former: str) -> Column:
    """The column of the codes of a nomenclature: `header` in January 2026, `former` before, `name` if made by hand."""
    elsewhere = (header.replace("–", "-"), *former, name)
    return Column(name, type_, header, required=True, elsewhere=elsewhere, doc="with its dot")


CORRESPONDANCE_NAF = Contract(
    name="correspondance_naf",
    title="Table de correspondance NAF rév. 2 – NAF 2025",
    owner="INSEE",
    origin=PublicDataset(
        page="https://www.insee.fr/fr/information/8181066",
        dataset="Correspondances NAF rév. 2 – NAF 2025, a workbook",
        rhythm="an edition now and then: the one that this contract follows is of January 2026",
    ),
    family=Family.OPEN,
    reference="new-facts §0.1",
    files=FileNames(exact=("Correspondances_NAFrev2-NAF2025.csv", "correspondance_naf.csv")),
    dialect=Dialect(separator=";"),
    key="naf_rev2",
    due=Due(day=None),
    known_at=KnownAt(),
    columns=(
        _codes(
            "naf_rev2",
            REV2_SUB_CLASS,
            "Sous-classes NAF rév. 2 – codes",
            "NAFold-code",
            "NAFold-code\n(code niveau sous-classe de la nomenclature actuelle)",
        ),
        _codes(
            "naf_2025",
            NAF25_SUB_CLASS,
            "Sous-classes NAF 2025 – codes",
            "NAFnew-code",
            "NAFnew-code\n(code niveau sous-classe de la nomenclature 2025, correspondance logique avec les "
            "NAFold-codes)",
        ),
        Column("type", CODE, "Type de correspondance", absent=True, doc="Unique or Multiple"),
    ),
    licence="Licence Ouverte 2.0",
    notes=(
        "Save the sheet of the workbook as CSV, with semicolons, its line of headers first.",
        "1,223 pairs in the edition of January 2026. It gives no weight: how a sub-class splits is learned from the "
        "register of 2026, which holds both codes.",
    ),
)
