"""Small valid documents of bilans saisis, in the layout of INPI."""

from __future__ import annotations

from random import Random

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<bilans xmlns="fr:inpi:odrncs:bilansSaisisXML">\n'
_IDENTITY: dict[str, tuple[str, ...]] = {
    "siren": ("123456789", "000000001"),
    "date_cloture_exercice": ("20171231", "20160630"),
    "code_greffe": ("3801",),
    "num_depot": ("B2017/006219", "1234"),
    "num_gestion": ("1956B00224",),
    "code_activite": ("7010Z", ""),
    "date_cloture_exercice_n-1": ("20161231", ""),
    "duree_exercice_n": ("12", "18"),
    "duree_exercice_n-1": ("00", "12"),
    "date_depot": ("20180702", "20181115"),
    "code_motif": ("00", "01", "1A"),
    "code_type_bilan": ("C", "S", "K"),
    "code_devise": ("EUR",),
    "code_origine_devise": ("O",),
    "code_confidentialite": ("0", "2"),
    "info_traitement": ("", "A1"),
    "denomination": ("<![CDATA[ÉPICERIE DE L'ÎLE]]>", "DUPONT &amp; FILS"),
    "adresse": ("<![CDATA[38100 GRENOBLE]]>",),
}
_LINES = (
    '<liasse code="BJ" m1="000000000170145" m2="000000000105862" m3="000000000064283"/>',
    '<liasse code="DI" m1="-000000000001193" m2="000000000000416"/>',
    '<liasse code="EE" m1="000000000673995"/>',
)


def bilans_saisis(chance: Random, count: int) -> bytes:
    """A document of `count` bilans, one at least, each on lines of its own."""
    return (_HEAD + "".join(_bilan(chance) for _ in range(max(1, count))) + "</bilans>\n").encode()


def _bilan(chance: Random) -> str:
    identity = "".join(f"<{tag}>{chance.choice(texts)}</{tag}>\n" for tag, texts in _IDENTITY.items())
    cells = "\n".join(chance.sample(_LINES, chance.randint(1, len(_LINES))))
    detail = f'<detail>\n<page numero="01">\n{cells}\n</page>\n</detail>\n'
    return f"<bilan>\n<identite>\n{identity}</identite>\n{detail}</bilan>\n"
