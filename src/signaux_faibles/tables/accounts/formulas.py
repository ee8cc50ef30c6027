"""The formulas of the annual accounts, in codes of cells of the liasse (open-data §2.8, forms 2050 to 2058-C and 2033).

A formula is a sum of codes, « BJ - BK »; alternatives stand in order of preference, « HN | DI ». A code names one cell
of the printed form; « BJ.net » names the net column of an assets line, which has no code of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from signaux_faibles.sources.inpi.liasse import Form


@dataclass(frozen=True)
class Formula:
    """One alternative: the codes added and those taken away."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that the alternative reads."""
        return self.plus + self.minus


@dataclass(frozen=True)
class Aggregate:
    """An amount of the accounts.

    Attributes:
        flow: an amount of the whole exercice, brought to twelve months; else a stock at its end.
        normal, simplified: formulas as texts; empty when the form has no such amount.
    """

    name: str
    flow: bool
    normal: str
    simplified: str
    doc: str

    def formula(self, form: Form) -> str:
        """The formula on a form, as text."""
        return self.normal if form is Form.NORMAL else self.simplified


def cells_of(text: str) -> int:
    """How many cells a text reads."""
    return sum(len(formula.codes) for formula in alternatives(text))


def alternatives(text: str) -> list[Formula]:
    """The formulas of a text, in order of preference; none for an empty text."""
    return [_formula(part) for part in text.split("|") if part.strip()]


def _formula(text: str) -> Formula:
    signed = re.findall(r"([+-]?)\s*([0-9A-Z]+(?:\.net)?)", text)
    plus = tuple(code for sign, code in signed if sign != "-")
    return Formula(plus, tuple(code for sign, code in signed if sign == "-"))


_STOCKS = "BL + BN + BP + BR + BT - BM - BO - BQ - BS - BU"
_STOCKS_S = "050 + 060 - 052 - 062"
_NET_STOCKS, _NET_STOCKS_S = "BL.net + BN.net + BP.net + BR.net + BT.net", "050.net + 060.net"
_DEBTS, _DEBTS_S = "DW - DX - DY", "164 - 166 - 172 + 169"
_MARGE = "FL + FM + FN - FS - FT - FU - FV"
_MARGE_S = "210 + 214 + 218 + 222 + 224 - 234 - 236 - 238 - 240"
_CAF = "HN + GA + GB + GC + GD + GQ + HG + HF + A1 - FP - GM - HC - HB"

AGGREGATES: tuple[Aggregate, ...] = (
    Aggregate("total_bilan", False, "EE | CO.net", "180 | 110.net", "total of the balance sheet"),
    Aggregate("capital_social", False, "DA", "120", "share capital"),
    Aggregate("capitaux_propres", False, "DL", "142", "equity"),
    Aggregate("fonds_propres", False, "DL + DO | DL", "142", "equity and other own funds"),
    Aggregate("provisions", False, "DR", "154", "provisions for risks and charges"),
    Aggregate(
        "dettes_financieres", False, "DS + DT + DU + DV", "156", "loans; the simplified form leaves partners out"
    ),
    Aggregate("concours_bancaires", False, "EH", "", "current bank loans, part of the loans"),
    Aggregate("total_dettes", False, "EC", "176", "all debts and deferred income"),
    Aggregate("dettes_court_terme", False, "EG", "176 - 195", "debts within a year"),
    Aggregate("immobilisations_brutes", False, "BJ", "044", "fixed assets, gross"),
    Aggregate("immobilisations_nettes", False, "BJ - BK | BJ.net", "044 - 048 | 044.net", "fixed assets, net"),
    Aggregate("corporelles_brutes", False, "AN + AP + AR + AT + AV + AX", "028", "tangible assets, gross"),
    Aggregate("corporelles_amorties", False, "AO + AQ + AS + AU + AW + AY", "030", "their depreciation"),
    Aggregate("actif_circulant_brut", False, "CJ", "096", "current assets, gross"),
    Aggregate("actif_circulant_net", False, "CJ - CK | CJ.net", "096 - 098 | 096.net", "current assets, net"),
    Aggregate("stocks_bruts", False, "BL + BN + BP + BR + BT", "050 + 060", "stocks, gross"),
    Aggregate("stocks_nets", False, f"{_STOCKS} | {_NET_STOCKS}", f"{_STOCKS_S} | {_NET_STOCKS_S}", "stocks, net"),
    Aggregate("creances_clients", False, "BX - BY | BX.net", "068 - 070 | 068.net", "customers, net"),
    Aggregate(
        "tresorerie",
        False,
        "CD - CE + CF - CG | CD.net + CF.net",
        "080 - 082 + 084 - 086 | 080.net + 084.net",
        "cash and securities, net",
    ),
    Aggregate("fournisseurs", False, "DX", "166", "suppliers"),
    Aggregate("dettes_fiscales_sociales", False, "DY", "172", "tax and social debts; simplified: and other debts"),
    Aggregate(
        "bfr_exploitation",
        False,
        f"{_STOCKS} + BV - BW + BX - BY - {_DEBTS} | {_NET_STOCKS} + BV.net + BX.net - {_DEBTS}",
        f"{_STOCKS_S} + 064 - 066 + 068 - 070 - {_DEBTS_S} | {_NET_STOCKS_S} + 064.net + 068.net - {_DEBTS_S}",
        "operating working capital; simplified: without the accounts of partners",
    ),
    Aggregate("chiffre_affaires", True, "FL | FJ + FK", "210 + 214 + 218", "turnover"),
    Aggregate("marge_brute", True, _MARGE, _MARGE_S, "production less purchases used"),
    Aggregate("valeur_ajoutee", True, f"{_MARGE} - FW", f"{_MARGE_S} - 242", "value added"),
    Aggregate(
        "ebe",
        True,
        f"{_MARGE} - FW + FO - FX - FY - FZ",
        f"{_MARGE_S} - 242 + 226 - 244 - 250 - 252",
        "gross operating surplus",
    ),
    Aggregate("autres_achats", True, "FW", "242", "other purchases and external charges"),
    Aggregate("achats", True, "FS + FU + FW", "234 + 238 + 242", "purchases and external charges"),
    Aggregate("impots_taxes", True, "FX", "244", "taxes"),
    Aggregate("charges_personnel", True, "FY + FZ", "250 + 252", "wages and social charges"),
    Aggregate("resultat_exploitation", True, "GG", "270", "operating result"),
    Aggregate("interets", True, "GR", "294", "interest; simplified: all financial charges"),
    Aggregate("charges_financieres", True, "GU", "294", "financial charges"),
    Aggregate("resultat_courant", True, "GW", "270 + 280 - 294", "current result before tax"),
    Aggregate("resultat_net", True, "HN | DI", "310 | 136", "net result; also on the balance sheet"),
    Aggregate(
        "caf",
        True,
        _CAF,
        "310 + 254 + 256 - 290 + 300",
        "self-financing; simplified: without exceptional items",
    ),
)
"""Amounts, in euros."""

HEADCOUNT: dict[Form, str] = {Form.NORMAL: "YP", Form.SIMPLIFIED: "376"}
