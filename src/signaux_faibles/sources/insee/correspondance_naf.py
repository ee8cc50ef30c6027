"""The official table of correspondence between the NAF rév. 2 and the NAF 2025 (INSEE, new-facts §0.1)."""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, FileNames, Header, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import TEXT
from signaux_faibles.sources.insee.nomenclatures import NAF_2025, NAF_REV2, Nomenclature

REV2 = Header(
    "Sous-classes NAF rév. 2 – codes",
    also=(
        "Sous-classes NAF rév. 2 - codes",
        "NAFold-code",
        "NAFold-code\n(code niveau sous-classe de la nomenclature actuelle)",
        "naf_rev2",
    ),
)
NAF25 = Header(
    "Sous-classes NAF 2025 – codes",
    also=(
        "Sous-classes NAF 2025 - codes",
        "NAFnew-code",
        "NAFnew-code\n(code niveau sous-classe de la nomenclature 2025, correspondance logique avec les NAFold-codes)",
        "naf_2025",
    ),
)
"""As the edition of January 2026 calls them, then those before it, then a table made by hand."""


def _code(header: Header) -> str:
    """SQL of a code, with its dot."""
    return f"regexp_replace({raw(header.name)}, '^([0-9]{{2}})([0-9]{{2}}[A-Z])$', '\\1.\\2')"


def _not_a_code(column: str, of: Nomenclature) -> Rule:
    return Rule(
        f"le code {of.label} n'a pas la forme d'une sous-classe",
        f"NOT regexp_full_match(coalesce({column}, ''), '{of.shape}')",
    )


CORRESPONDANCE_NAF = Contract(
    name="correspondance_naf",
    title="Table de correspondance NAF rév. 2 – NAF 2025",
    owner="INSEE",
    family=Family.OPEN,
    reference="new-facts §0.1",
    files=FileNames(exact=("Correspondances_NAFrev2-NAF2025.csv", "correspondance_naf.csv")),
    dialect=Dialect(separator=";"),
    key="naf_rev2",
    due=Due(day=None),
    known_at=KnownAt(),
    columns=(
        Column("naf_rev2", TEXT, derived=_code(REV2), doc="sub-class of the NAF rév. 2, with its dot"),
        Column("naf_2025", TEXT, derived=_code(NAF25), doc="sub-class of the NAF 2025, with its dot"),
        Column("type", TEXT, "Type de correspondance", absent=True, doc="Unique or Multiple"),
    ),
    reads=(REV2, NAF25),
    refuse=(_not_a_code("naf_rev2", NAF_REV2), _not_a_code("naf_2025", NAF_2025)),
    licence="Licence Ouverte 2.0",
    notes=(
        "INSEE publishes it as a workbook, https://www.insee.fr/fr/information/8181066: save its sheet as CSV, with "
        "semicolons, its line of headers first.",
        "1,223 pairs in the edition of January 2026. It gives no weight: how a sub-class splits is learned from the "
        "register of 2026, which holds both codes.",
    ),
)
