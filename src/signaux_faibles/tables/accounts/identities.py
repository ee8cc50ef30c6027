"""What adds up on the printed forms 2050 to 2053, 2033-A and 2033-B: every total, and what is derived from totals.

An identity has two uses. When it is broken, it flags the filing (open-data §2.8). When it holds, it proves that the
empty lines of its total are zero; a line that nothing proves is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from signaux_faibles.sources.inpi.liasse import CURRENT, CURRENT_S, FIXED, FIXED_S, Form
from signaux_faibles.tables.accounts.formulas import alternatives, cells_of


@dataclass(frozen=True)
class Identity:
    """Two formulas that must give the same amount.

    Attributes:
        of_lines: `left` is a total of the printed form, `right` the sum of its lines.
        detailed: INPI types these lines whenever they are filed, so a total without any of them is doubtful.
    """

    name: str
    form: Form
    left: str
    right: str
    of_lines: bool = False
    detailed: bool = True

    @property
    def tolerance(self) -> int:
        """In euros: one for each cell, because each is rounded."""
        return cells_of(self.left) + cells_of(self.right)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, once."""
        formulas = (formula for side in (self.left, self.right) for formula in alternatives(side))
        return tuple(dict.fromkeys(code for formula in formulas for code in formula.codes))


def _follows(name: str, form: Form, left: str, right: str) -> Identity:
    return Identity(name, form, left, right)


def _total(name: str, form: Form, total: str, lines: str, *, detailed: bool = True) -> Identity:
    """A total and the codes of its lines, separated by spaces."""
    return Identity(name, form, total, " + ".join(lines.split()), of_lines=True, detailed=detailed)


def _assets(name: str, form: Form, total: str, depreciation: str, lines: str) -> tuple[Identity, ...]:
    """The three columns of a total of the assets: gross, depreciation, net."""
    gross = [line.split("/")[0] for line in lines.split()]
    return (
        _total(f"{name}, brut", form, total, " ".join(gross)),
        _total(f"{name}, amortissements", form, depreciation, " ".join(line.split("/")[1] for line in lines.split())),
        _total(f"{name}, net", form, f"{total}.net", " ".join(f"{line}.net" for line in gross)),
    )


_N, _S = Form.NORMAL, Form.SIMPLIFIED

IDENTITIES: tuple[Identity, ...] = (
    _follows("actif = passif", _N, "CO.net", "EE"),
    _follows("total net", _N, "CO - 1A", "CO.net"),
    _total("total brut de l'actif", _N, "CO", "AA BJ CJ CW CM CN"),
    _total("total des amortissements", _N, "1A", "BK CK"),
    _total("total net de l'actif", _N, "CO.net", "AA.net BJ.net CJ.net CW.net CM.net CN.net"),
    _follows("immobilisations nettes", _N, "BJ - BK", "BJ.net"),
    _follows("actif circulant net", _N, "CJ - CK", "CJ.net"),
    *_assets("immobilisations", _N, "BJ", "BK", FIXED),
    *_assets("actif circulant", _N, "CJ", "CK", CURRENT),
    _total("total du passif", _N, "EE", "DL DO DR EC ED"),
    _total("capitaux propres", _N, "DL", "DA DB DC DD DE DF DG DH DI DJ DK"),
    _total("autres fonds propres", _N, "DO", "DM DN"),
    _total("provisions", _N, "DR", "DP DQ"),
    _total("dettes", _N, "EC", "DS DT DU DV DW DX DY DZ EA EB"),
    _follows("résultat du bilan", _N, "HN", "DI"),
    _follows("total des produits et charges", _N, "HL - HM", "HN"),
    _total("total des produits", _N, "HL", "FR GH GP HD"),
    _total("total des charges", _N, "HM", "GF GI GU HH HJ HK"),
    _follows("résultat d'exploitation", _N, "FR - GF", "GG"),
    _follows("résultat financier", _N, "GP - GU", "GV"),
    _follows("résultat courant", _N, "GG + GH - GI + GP - GU", "GW"),
    _follows("résultat exceptionnel", _N, "HD - HH", "HI"),
    _total("produits d'exploitation", _N, "FR", "FL FM FN FO FP FQ"),
    _total("charges d'exploitation", _N, "GF", "FS FT FU FV FW FX FY FZ GA GB GC GD GE"),
    _total("produits financiers", _N, "GP", "GJ GK GL GM GN GO"),
    _total("charges financières", _N, "GU", "GQ GR GS GT"),
    _total("produits exceptionnels", _N, "HD", "HA HB HC"),
    _total("charges exceptionnelles", _N, "HH", "HE HF HG"),
    _total("chiffre d'affaires", _N, "FL", "FJ FK", detailed=False),
    _total("chiffre d'affaires par nature", _N, "FL", "FC FF FI", detailed=False),
    _total("ventes de marchandises", _N, "FC", "FA FB", detailed=False),
    _total("production vendue de biens", _N, "FF", "FD FE", detailed=False),
    _total("production vendue de services", _N, "FI", "FG FH", detailed=False),
    _total("chiffre d'affaires en France", _N, "FJ", "FA FD FG", detailed=False),
    _total("chiffre d'affaires à l'exportation", _N, "FK", "FB FE FH", detailed=False),
    _follows("actif = passif", _S, "110.net", "180"),
    _follows("total net", _S, "110 - 112", "110.net"),
    _total("total brut de l'actif", _S, "110", "044 096"),
    _total("total des amortissements", _S, "112", "048 098"),
    _total("total net de l'actif", _S, "110.net", "044.net 096.net"),
    _follows("immobilisations nettes", _S, "044 - 048", "044.net"),
    _follows("actif circulant net", _S, "096 - 098", "096.net"),
    *_assets("immobilisations", _S, "044", "048", FIXED_S),
    *_assets("actif circulant", _S, "096", "098", CURRENT_S),
    _total("total du passif", _S, "180", "142 154 176"),
    _total("capitaux propres", _S, "142", "120 124 126 130 132 134 136 140"),
    _total("dettes", _S, "176", "156 164 166 172 174"),
    _follows("résultat du bilan", _S, "310", "136"),
    _follows("résultat d'exploitation", _S, "232 - 264", "270"),
    _follows("résultat net", _S, "270 + 280 + 290 - 294 - 300 - 306", "310"),
    _total("produits d'exploitation", _S, "232", "210 214 218 222 224 226 230"),
    _total("charges d'exploitation", _S, "264", "234 236 238 240 242 244 250 252 254 256 262"),
)
"""By form, from the grand totals down to the lines: an identity that proves a total to be zero precedes its lines."""


def of_form(form: Form) -> tuple[Identity, ...]:
    """The identities of a form, in order."""
    return tuple(identity for identity in IDENTITIES if identity.form is form)
