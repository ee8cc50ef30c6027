"""For each company, its known accounts, or the reason why it has none (open-data §2.12, rule 7)."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.helpers import distinct, last_per
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.relations.settling import settled
from signaux_faibles.tables.accounts.cells import CONSOLIDATED_TYPE, DELIVERED, KNOWN, TYPES
from signaux_faibles.tables.accounts.columns import KEY_FIELDS, LINEAGE_FIELDS
from signaux_faibles.tables.accounts.ratios import RATIOS
from signaux_faibles.tables.accounts.state import CONFIDENTIAL, NOT_FILED, NOT_TYPED, WITHHELD, is_typed

NONE_RECEIVED = "aucun dépôt reçu"
REFUSED = "dépôt refusé à la lecture : "
OTHER_FORMS = {
    "A": "comptes d'assurance (type A) : leurs formulaires ne sont pas lus",
    "B": "comptes de banque (type B) : leurs formulaires ne sont pas lus",
}
UNKNOWN_FORM = "type de bilan inconnu : formulaires non lus"
ONLY_THE_BALANCE_SHEET = {
    CONFIDENTIAL: "compte de résultat confidentiel : ratios du bilan seulement",
    NOT_FILED: "compte de résultat non déposé : ratios du bilan seulement",
}
NO_LIASSE = {
    CONFIDENTIAL: "comptes confidentiels : aucun ratio",
    NOT_FILED: "pages déposées vides : aucun ratio",
}
NEVER_TYPED = "comptes non saisis"
"""INPI did not type the liasse; the code of its reason follows."""
NO_EXERCICE = "clôture postérieure au dépôt : aucun exercice retenu"
NO_RATIO = "montants déposés insuffisants : aucun ratio"
CONSOLIDATED = "comptes consolidés : seules quelques lignes sont saisies"

FILING = ["siren", "date_cloture", "type_bilan", *DELIVERED]


ACCOUNTS_ASIDE = Schema(
    "accounts_aside",
    (
        Field("siren", Kind.TEXT, "NULL when the filing is too damaged to read it"),
        Field("date_cloture", Kind.DATE, "end of the exercice, unknown for a refused filing"),
        Field("type_bilan", Kind.TEXT),
        Field("motif", Kind.TEXT, "why it gives no accounts, in French"),
        *LINEAGE_FIELDS,
    ),
    ("siren", "date_cloture", "batch", "file", "line", "motif"),
    "filings delivered that give no accounts",
)


def accounts_aside(refused: Relation, filings: Relation) -> Relation:
    """The filings delivered that give no accounts, each with the reason: refused, or on a form that is not read.

    Args:
        refused: siren, motif and lineage of the bilans that the reader rejected; siren is NULL when it is unreadable.
        filings: the columns of `FILING` of every filing delivered, once or several times.
    Returns:
        the columns of `ACCOUNTS_ASIDE`.
    """
    unread = filings.filter(~nw.col("type_bilan").is_in(list(TYPES)))
    reason: nw.Expr = nw.lit(UNKNOWN_FORM)
    for kind, words in OTHER_FORMS.items():
        reason = nw.when(nw.col("type_bilan") == kind).then(nw.lit(words)).otherwise(reason)
    columns = [*FILING, "motif"]
    of_other_forms = unread.select(*FILING).pipe(distinct).with_columns(motif=reason).select(*columns)
    rejected = refused.with_columns(
        date_cloture=nw.lit(None, nw.Date),
        type_bilan=nw.lit(None, nw.String),
        motif=nw.concat_str(nw.lit(REFUSED), nw.col("motif")),
    )
    return nw.concat([rejected.select(*columns), of_other_forms])


ACCOUNTS_COVERAGE = Schema(
    "accounts_coverage",
    (
        Field("siren", Kind.TEXT),
        Field("depots", Kind.INTEGER, "filings read"),
        Field("depots_sans_liasse", Kind.INTEGER, "of them, those withheld by right or not typed by INPI"),
        Field("depots_ecartes", Kind.INTEGER, "filings of `accounts_aside`"),
        Field("exercices", Kind.INTEGER, "exercices that have a retained filing"),
        Field("date_cloture", Kind.DATE, "end of the last of them"),
        Field("type_bilan", Kind.TEXT, "of its retained filing"),
        *KEY_FIELDS[3:],
        Field("liasse", Kind.TEXT, "saisie, confidentielle (withheld by right), or non saisie"),
        Field("compte_de_resultat", Kind.TEXT, "public, confidentiel, or non déposé"),
        Field("ratios_connus", Kind.INTEGER, f"ratios of `account_ratios` that it has, of {len(RATIOS)}"),
        Field("anomalies", Kind.TEXT, "its flags in French"),
        Field("motif", Kind.TEXT, "why there are no accounts or few ratios, in French"),
    ),
    ("siren",),
    "what is known about the annual accounts of each company, or why nothing is",
)


def accounts_coverage(followed: Relation, accounts: Relation, ratios: Relation, aside: Relation) -> Relation:
    """What is known about the accounts of each company: its last exercice, or why there is none.

    Args:
        followed: the companies of the perimeter (siren); accounts, ratios: the tables of filings.
        aside: `accounts_aside`.
    Returns:
        one row for each company that is followed or named in a filing, in the columns of
        `ACCOUNTS_COVERAGE`. `motif` is NULL when the last exercice has its ratios; quality flags go in
        `anomalies` and are not reasons for having none.
    """
    filed = accounts.with_columns(
        retained_=nw.col("est_retenu").cast(nw.Int32), bare_=nw.when(is_typed()).then(nw.lit(0)).otherwise(nw.lit(1))
    )
    counted = filed.group_by("siren").agg(
        depots=nw.len(), depots_sans_liasse=nw.col("bare_").sum(), exercices=nw.col("retained_").sum()
    )
    left_aside = last_per(aside, "siren", ["date_cloture", "batch", "file", "line", "motif"]).select(
        "siren", motif_ecart_=nw.col("motif")
    )
    put_aside = aside.group_by("siren").agg(depots_ecartes=nw.len())
    companies = nw.concat([rows.select("siren") for rows in (followed, accounts, aside)]).pipe(distinct)
    covered = (
        companies.filter(~nw.col("siren").is_null())
        .join(counted, on="siren", how="left")
        .join(put_aside, on="siren", how="left")
        .join(left_aside, on="siren", how="left")
        .join(_last_exercice(accounts, ratios), on="siren", how="left")
    )
    numbers = ("depots", "depots_sans_liasse", "depots_ecartes", "exercices", "ratios_connus")
    without_ratios = (
        settled(covered).with_columns(*(nw.col(name).fill_null(0) for name in numbers)).with_columns(motif=_reason())
    )
    return without_ratios.drop("code_motif")


def _last_exercice(accounts: Relation, ratios: Relation) -> Relation:
    last = last_per(accounts.filter(nw.col("est_retenu")), "siren", ["date_cloture", "known_at", *DELIVERED])
    ratios_known = nw.sum_horizontal(*((~nw.col(ratio.name).is_null()).cast(nw.Int32) for ratio in RATIOS))
    counts = ratios.select(*FILING, ratios_connus=ratios_known)
    return last.join(counts, on=FILING, how="left").select(
        *("siren", "date_cloture", "type_bilan", *KNOWN, "liasse", "code_motif", "compte_de_resultat", "anomalies"),
        "ratios_connus",
    )


def _reason() -> nw.Expr:
    """The first reason that holds: no filing, none readable, no liasse, no ratio, balance sheet only, few lines."""
    without_filing = nw.when(nw.col("motif_ecart_").is_null()).then(nw.lit(NONE_RECEIVED)).otherwise("motif_ecart_")
    without_ratio = _by_state(NO_LIASSE, nw.lit(NO_RATIO))
    with_few = nw.when(nw.col("type_bilan") == CONSOLIDATED_TYPE).then(nw.lit(CONSOLIDATED))
    some = _by_state(ONLY_THE_BALANCE_SHEET, nw.when(nw.col("ratios_connus") < len(RATIOS)).then(with_few))
    reason = nw.when(nw.col("ratios_connus") == 0).then(without_ratio).otherwise(some)
    reason = nw.when(nw.col("liasse") == NOT_TYPED).then(_never_typed()).otherwise(reason)
    reason = nw.when(nw.col("liasse") == WITHHELD).then(nw.lit(NO_LIASSE[CONFIDENTIAL])).otherwise(reason)
    with_filing = nw.when(nw.col("exercices") == 0).then(nw.lit(NO_EXERCICE)).otherwise(reason)
    return nw.when(nw.col("depots") == 0).then(without_filing).otherwise(with_filing)


def _never_typed() -> nw.Expr:
    motif = nw.concat_str(nw.lit(f"{NEVER_TYPED} (motif "), nw.col("code_motif"), nw.lit(") : aucun ratio"))
    return nw.coalesce(motif, nw.lit(f"{NEVER_TYPED} : aucun ratio"))


def _by_state(words_of: dict[str, str], otherwise: nw.Expr) -> nw.Expr:
    for state, words in words_of.items():
        otherwise = nw.when(nw.col("compte_de_resultat") == state).then(nw.lit(words)).otherwise(otherwise)
    return otherwise


def filings_aside(refused: Relation, inpi: Relation, inpi_json: Relation, detail_bilan: Relation) -> Relation:
    """`accounts_aside` of the filings of every source."""
    return accounts_aside(refused, nw.concat([rows.select(FILING) for rows in (inpi, inpi_json, detail_bilan)]))
