"""Procédures collectives as Urssaf records them, one row per establishment and event (import-chain §5.7).

Generated page: docs/sources/procol.md.
"""

from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt, Rule, raw
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import SAS_DATE, SIRET, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.urssaf.origin import MONTHLY

_CRISIS = "sortie de crise"
"""The traitement de sortie de crise of the law 2021-689, one word among the others."""
ACTIONS = ("liquidation", "redressement", "sauvegarde", _CRISIS)
_WORDS = f"regexp_replace(lower({raw('Lib_actx_stdx')}), '(?:traitement_(?:de_)?)?sortie_(?:de_)?crise', '{_CRISIS}')"
_TOKENS = f"string_split({_WORDS}, '_')"
_ANY_ACTION = f"regexp_matches(token, '{'|'.join(ACTIONS)}')"
_RANK = f"list_position(list_transform({_TOKENS}, lambda token: {_ANY_ACTION}), true)"
_ACTION = f"replace(list_extract({_TOKENS}, {_RANK}), '{_CRISIS}', '{_CRISIS.replace(' ', '_')}')"
_STAGE = (
    f"array_to_string(list_concat(list_slice({_TOKENS}, 1, {_RANK} - 1), list_slice({_TOKENS}, {_RANK} + 1, -1)), '_')"
)

PROCOL = Contract(
    name="procol",
    title="Procédures collectives vues par l'Urssaf",
    owner="Urssaf Caisse nationale",
    origin=MONTHLY,
    family=Family.OPEN,
    reference="import-chain §5.7",
    files=FileNames(exact=("sigfaible_pcoll.csv",)),
    dialect=Dialect(separator=";"),
    key="siret",
    due=Due(day=21),
    known_at=KnownAt(fact="date_effet", lag_days=45),
    columns=(
        Column("siret", SIRET, "Siret", required=True),
        Column("date_effet", SAS_DATE, "Dt_effet", required=True, doc="day on which the event takes effect"),
        Column("action_procol", TEXT, derived=_ACTION, doc="first word that names a kind of procedure"),
        Column(
            "stade_procol", TEXT, derived=f"nullif({_STAGE}, '')", doc="the other words: ouverture, plan_continuation…"
        ),
        Column("libelle", TEXT, "Lib_actx_stdx", required=True, ours=True, doc="wording as delivered"),
    ),
    refuse=(
        Rule(
            "Lib_actx_stdx ne nomme ni liquidation, ni redressement, ni sauvegarde (libellé à faire connaître)",
            "action_procol IS NULL",
        ),
    ),
    licence="Fait public, fichier réservé aux agents habilités",
    notes=(
        "An unknown wording is refused and counted: it must never become a procedure without a name (contract Q11).",
        "The date of effect is not the date of publication: before our first batch an event is known after 45 days.",
    ),
)
