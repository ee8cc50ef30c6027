"""Names of invented companies: a word of the trade, and a proper name made of syllables so that nobody has it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.people.population import Ints

_TRADES = (
    ("EARL", "SCEA", "DOMAINE", "VERGERS", "PEPINIERES", "ELEVAGE"),
    ("ATELIERS", "MECANIQUE", "USINAGE", "FONDERIE", "TOLERIE", "BOULANGERIE", "IMPRIMERIE", "PLASTIQUES", "CONSERVES"),
    ("MACONNERIE", "BATIMENT", "ELECTRICITE", "CHARPENTES", "PEINTURES", "PLOMBERIE", "TRAVAUX", "COUVERTURE"),
    ("DISTRIBUTION", "NEGOCE", "GARAGE", "MEUBLES", "COMPTOIR", "MATERIAUX", "MAISON", "OPTIQUE"),
    ("TRANSPORTS", "MESSAGERIE", "LOGISTIQUE", "AUTOCARS", "AFFRETEMENT", "TAXIS"),
    ("RESTAURANT", "HOTEL", "AUBERGE", "BRASSERIE", "TRAITEUR", "TABLE"),
    ("LOGICIELS", "NUMERIQUE", "STUDIO", "EDITIONS", "RESEAUX", "DONNEES"),
    ("PARTICIPATIONS", "HOLDING", "COURTAGE", "FINANCIERE", "GESTION"),
    ("IMMOBILIERE", "FONCIERE", "AGENCE", "SYNDIC", "RESIDENCES"),
    ("CABINET", "CONSEIL", "NETTOYAGE", "SECURITE", "INGENIERIE", "INTERIM", "EXPERTISE", "PAYSAGES"),
    ("CLINIQUE", "ECOLE", "FORMATION", "CRECHES", "SERVICES", "COIFFURE", "BLANCHISSERIE", "SPORTS"),
)
"""In the order of `sectors.SECTORS`."""
_FIRST = (
    "Bel", "Cour", "Dar", "Fal", "Gran", "Hau", "Jol", "Ker", "Lan", "Mor", "Nau", "Or", "Pel", "Quer", "Riv", "Sau",
    "Tor", "Val", "Vil", "Bru", "Cha", "Des", "Fré", "Gui", "Lou", "Mar", "Per", "Rou", "Ser", "Ver",
)  # fmt: skip
_MIDDLE = (
    "ma", "ba", "ci", "dé", "fla", "gue", "lan", "li", "mon", "nou", "pi", "ra", "ri", "sel", "ta", "tri", "va", "ver",
    "zi", "bou", "che", "do", "fe", "gny", "ja", "lo", "mi", "né", "quo", "re",
)  # fmt: skip
_LAST = (
    "rand", "lieu", "ville", "champ", "court", "dieu", "font", "gard", "lac", "mont", "nac", "pont", "ron", "sac",
    "tel", "val", "vert", "zac", "bois", "chêne", "dun", "ge", "lard", "nel", "quet", "rive", "seul", "thier", "vaux",
    "xel",
)  # fmt: skip
FIRST_NAMES = (
    "CAMILLE", "DOMINIQUE", "ANNE", "PIERRE", "MARIE", "PHILIPPE", "NADIA", "JULIEN", "SOPHIE", "KARIM", "CLAIRE",
    "LUC", "ELISE", "HUGO", "AMINA", "PAUL", "INES", "MATHIEU", "LEA", "YANN",
)  # fmt: skip


def company_names(sector: Ints, rng: np.random.Generator) -> pa.Array:
    """Names such as « TRANSPORTS VALMONCHAMP », one per company."""
    trade = np.empty(len(sector), dtype=object)
    draws = rng.random(len(sector))
    for rank, words in enumerate(_TRADES):
        of_sector = sector == rank
        trade[of_sector] = np.array(words)[(draws[of_sector] * len(words)).astype(int)]
    return pc.binary_join_element_wise(pa.array(trade, pa.string()), proper_names(len(sector), rng), " ")


def proper_names(count: int, rng: np.random.Generator) -> pa.Array:
    """Proper names in capitals, without accents as in the register."""
    pieces = [np.array(part)[rng.integers(0, len(part), count)] for part in (_FIRST, _MIDDLE, _LAST)]
    joined = pc.binary_join_element_wise(*(pa.array(piece, pa.string()) for piece in pieces), "")
    return pc.replace_substring_regex(pc.utf8_upper(joined), "[ÉÈÊ]", "E")
