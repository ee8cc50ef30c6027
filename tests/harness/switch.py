"""Deliveries of the register around 1 January 2027: both codes in December, then the NAF 2025 alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.deliveries import SIRENE_HEADER, SIRENE_UL_HEADER, headcounts, write_delivery


@dataclass(frozen=True)
class Unit:
    """A company of twenty employees in Paris; `rev2` and `naf25` are its codes, "" when it has none.

    Attributes:
        since, until: the batches that show it, both ends included.
        changed: its NAF 2025 from January 2027 on, when its activity changes.
    """

    siren: str
    rev2: str
    naf25: str
    since: str = "2612"
    until: str = "9912"
    changed: str = ""
    ceased: bool = False


SAME = Unit("200000001", "25.62B", "25.53Y")
ENTERS = Unit("200000002", "64.99Z", "64.22Y")
LEAVES = Unit("200000003", "82.91Z", "66.29Y")
CHANGED = Unit("200000004", "25.62B", "25.53Y", changed="85.20Y")
CREATED = Unit("200000005", "", "25.53Y", since="2701")
SPLIT = Unit("200000006", "", "22.26Y", since="2701")
CEASED = Unit("200000007", "25.62B", "", ceased=True)
UNCODED = Unit("200000008", "", "")
OTHERS = tuple(Unit(f"2100000{number:02d}", "25.62B", "25.53Y") for number in range(12))
PLASTICS = tuple(
    Unit(f"2200000{number:02d}", ("22.29A", "22.29B")[number % 2], "22.26Y") for number in range(10)
)  # fmt: skip
UNITS = (SAME, ENTERS, LEAVES, CHANGED, CREATED, SPLIT, CEASED, UNCODED, *OTHERS, *PLASTICS)

SWITCH = "2701"


def deliver(folder: Path, batch: str, *, beside: bool = False) -> Path:
    """Write what a batch delivers of the units: until 2612 both codes, from 2701 the NAF 2025 alone for active ones.

    `beside`: from 2701 on the NAF rév. 2 stays in a column of its own.
    """
    shown = [unit for unit in UNITS if unit.since <= batch <= unit.until]
    return write_delivery(
        folder / batch,
        StockEtablissement_utf8_geo="\n".join(
            [_header(SIRENE_HEADER, "Etablissement", batch, beside), *(_site(unit, batch, beside) for unit in shown)]
        ),
        sireneUL="\n".join(
            [
                _header(SIRENE_UL_HEADER.rsplit(",", 1)[0], "UniteLegale", batch, beside),
                *(_unit(unit, batch, beside) for unit in shown),
            ]
        ),
        sigfaible_effectif_siren=headcounts(*(f"{unit.siren};20;20;20;x" for unit in shown)),
    )


def _header(header: str, unit: str, batch: str, beside: bool) -> str:
    columns = [header]
    columns += [f"activitePrincipaleNAF25{unit}"] if batch < SWITCH else []
    columns += [f"activitePrincipaleNAFRev2{unit}"] if beside and batch >= SWITCH else []
    return ",".join(columns)


def _codes(unit: Unit, batch: str, beside: bool) -> str:
    """The main code with its nomenclature, and what stands beside: two columns, or three."""
    if batch < SWITCH:
        return f"{unit.rev2},{'NAFRev2' if unit.rev2 else ''},{unit.naf25}"
    main = unit.rev2 if unit.ceased else unit.changed or unit.naf25
    nomenclature = "NAFRev2" if unit.ceased else "NAF2025"
    return f"{main},{nomenclature if main else ''}" + (f",{unit.rev2}" if beside else "")


def _unit(unit: Unit, batch: str, beside: bool) -> str:
    state = "C" if unit.ceased else "A"
    identity = f"{unit.siren},O,2010-01-01,,,,,{state},,,SOCIETE {unit.siren},5499"
    return f"{identity},{_codes(unit, batch, beside)}"


def _site(unit: Unit, batch: str, beside: bool) -> str:
    address = ",12,B,RUE,DE LA PAIX,75002,PARIS,,,75101,,,,"
    main, nomenclature, *others = _codes(unit, batch, beside).split(",")
    state = "F" if unit.ceased else "A"
    identity = f"{unit.siren},00001,{unit.siren}00001,O,2010-01-01,true,{address},{state}"
    return ",".join([identity, main, nomenclature, "2.3", "48.8", *others])
