"""The figures of the invented country, each with where it comes from.

[D] computed from a public data file, [S] stated by a public source, [E] estimate made for the product, [C] tuned so
that the product's own measures (prevalence, AUC, precision) are those published for the real country.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from signaux_faibles.fictitious.months import month
from signaux_faibles.fictitious.parameters.annual_accounts import Filing, Finances
from signaux_faibles.fictitious.parameters.help import Help
from signaux_faibles.fictitious.parameters.publication import Bodacc, Paydex
from signaux_faibles.fictitious.parameters.tax import Bank, Directors, Tax


@dataclass(frozen=True)
class Size:
    """How many units a scale holds.

    Attributes:
        employers: companies of ten employees or more at a given month.
        small: employers of one to nine employees, for each of ten or more; fewer than in France (about 5), to keep the
            files small while the perimeter still has something to exclude.
        register: units that never employ anyone, born by the end of the country; four in five are by 2026.
    """

    employers: int
    small: float
    register: int


class Scale(Enum):
    """How large the invented country is."""

    SAMPLE = "sample"
    DEMO = "demo"
    REGION = "region"
    COUNTRY = "country"

    @property
    def size(self) -> Size:
        """Its numbers of units."""
        return _SIZES[self]


_SIZES = {
    Scale.SAMPLE: Size(500, 0.6, 400),
    Scale.DEMO: Size(5_000, 0.5, 10_000),
    Scale.REGION: Size(50_000, 0.5, 7_100_000),
    Scale.COUNTRY: Size(350_000, 0.5, 50_000_000),
}


@dataclass(frozen=True)
class Population:
    """Who lives in the country."""

    # Insee, PME excluding micro 2015 [S]: 54 % under 20 employees, 14 % with 50 or more. At maturity they are smaller
    # here, for those that dip below ten are then no longer counted [C].
    sizes: tuple[tuple[float, float, float], ...] = (
        (0.64, 10, 20),
        (0.25, 20, 50),
        (0.098, 50, 250),
        (0.012, 250, 2_500),
    )
    small_sizes: tuple[float, float] = (1, 9)
    mean_age_of_the_stock: float = 15.0  # years [E]
    births_a_year: float = 0.036  # of the stock, replaces failures and closures [C: constant number of companies]
    closures_a_year: float = 0.017  # cessation or absorption without procedure, 10 employees or more [E]
    small_closures_a_year: float = 0.04  # [E]
    years_to_full_size: float = 3.0  # [E]
    excluded_legal_forms: float = 0.02  # perimeter rule, import-chain §6.4 [E]
    sole_traders: float = 0.03  # of the small employers mostly [E]
    foreign_head_offices: float = 0.006  # [E]
    non_diffusible: float = 0.03  # of natural persons and companies [E]
    moves_a_year: float = 0.025  # change of SIRET of the head office [E]


@dataclass(frozen=True)
class Distress:
    """How companies come to fail: a slow latent strain, crises that it starts, and shocks without sign."""

    persistence: float = 0.985  # of the strain from a month to the next: half-life of 4 years [C]
    strain: float = 1.2  # weight of the strain on log-risk [C]
    frailty: float = 0.40  # standard deviation of what never changes in a company [C]
    shock: float = 0.00026  # monthly failures without sign, a fifth of all [C]
    slow: float = 0.00018  # monthly failures from strain without crisis [C]
    crisis: float = 0.0024  # monthly entries in crisis [C]
    crisis_failure: float = 0.027  # monthly failures once the crisis is deep [C]
    crisis_months: float = 14.0  # months for a crisis to be deep [C]
    crisis_slope: float = 0.7  # how the risk grows till then [C]
    recovery: float = 0.060  # monthly ends of a new crisis without failure, rarer as it lasts [C]
    recovery_months: float = 14.0  # by which chances of recovery fall by 1/e [C]
    silent_crisis: float = 0.05  # crises that leave contributions paid [C]
    contagion: float = 1.0  # factor of the risk of a crisis after the failure of the main customer; 1: none
    contagion_months: int = 12
    # Insee Première 1543 and 2070 [S]: survival falls 10 points a year for 3 years, then 7, then 4; softened for
    # employers of ten or more. (age in years below which the factor applies, factor)
    age: tuple[tuple[float, float], ...] = ((3, 1.7), (5, 1.45), (10, 1.15), (20, 0.90), (999, 0.72))
    # Altares 2024 [S]: 92 % of failures below 10 employees; 424 failures of 50 or more for about 38,000 companies [E].
    headcount: tuple[tuple[float, float], ...] = ((10, 1.15), (20, 1.05), (50, 0.95), (250, 0.75), (1e9, 0.45))


@dataclass(frozen=True)
class Interplay:
    """How what a sign means depends on the age of the company; in the reference it does not (decision 0042)."""

    young_years: float = 0.0  # age below which a company is young; 0: none is
    young_slip: float = 0.0  # log-odds of an unpaid month that youth adds, by habit
    young_crises_unpaid: bool = True  # whether the crises of young companies show in contributions
    settled_habit: float = 0.0  # share of the others that ask for activité partielle by habit, in crisis or not
    settled_short_time: float = 1.0  # factor of their demands
    calm_ask_first: float = 0.0  # weight of calm, from 0 to 1, in who asks for it in the health crisis


@dataclass(frozen=True)
class Procedures:
    """What follows a failure."""

    # Altares [S]: 10-49 employees, 45 % direct liquidation; under 5 employees, 73 %; sauvegarde 2 % of all, more often
    # chosen by larger companies [E].
    direct_liquidation: float = 0.45
    direct_liquidation_small: float = 0.72
    sauvegarde: float = 0.07
    sauvegarde_small: float = 0.02
    observation: tuple[int, int] = (5, 17)  # months between the opening and what is decided [E]
    # Altares [S]: two thirds of redressements are later converted, at once or after a broken plan.
    redressement_to_liquidation: float = 0.52
    redressement_plan: float = 0.42
    sauvegarde_plan: float = 0.62
    sauvegarde_to_redressement: float = 0.20
    plan_years: tuple[int, int] = (6, 10)  # legal maximum: ten years
    plan_broken: float = 0.0050  # a month [C: two thirds of redressements end in liquidation]
    liquidation_months: tuple[int, int] = (14, 44)  # until closing [E]
    recording_days: tuple[float, float] = (3.1, 0.55)  # log-normal delay until Urssaf records an event [E]


@dataclass(frozen=True)
class Headcount:
    """How the headcount moves."""

    memory: float = 0.985  # of the gap to the full size, from a month to the next [E]
    noise: float = 0.022  # monthly standard deviation of the log-headcount [E]
    crisis_loss: float = 0.012  # a month, in logarithm [C]
    strain_loss: float = 0.0040  # a month for one standard deviation of strain [C]
    procedure_loss: float = 0.030  # a month in observation [E]
    extraction: int = 3  # months between two extractions of Urssaf: the file is due every 3 to 6 months [S]
    lag: int = 3  # months between an extraction and the last month it holds, lag 0-6 months [S]
    provisional: int = 2  # last months of an extraction that the next one may revise [E]
    revised: float = 0.04  # share of provisional values that are revised [E]


@dataclass(frozen=True)
class Debt:
    """How contributions stay unpaid."""

    slip: float = -5.2  # log-odds that a month is not paid, company of mean discipline and strain [C]
    strain: float = 1.20  # [C]
    discipline: float = 1.00  # standard deviation of habits that say nothing of the risk [C]
    crisis: float = 3.1  # [C]
    deep_crisis: float = 1.6  # what a deep crisis adds [C]
    crisis_deepens: float = 10.0  # months until the debt of a crisis weighs most [C]
    # Signaux Faibles, anonymised data base [D]: employee share of the debt, median 27 %.
    employee_share: float = 0.27
    slip_months: float = 2.2  # mean time to settle, out of crisis [E]
    crisis_months: float = 11.0  # in crisis [E]
    # Urssaf [S]: 36 % of the contributions of April 2020 were deferred by nearly half of the employers.
    deferred: tuple[float, ...] = (0.22, 0.42, 0.40, 0.26, 0.12)
    """Share of employers who defer the contributions due in March, April… July 2020."""
    deferred_autumn: tuple[float, ...] = (0.12, 0.14, 0.12, 0.10, 0.09, 0.07, 0.05)
    """The same from October 2020 to April 2021, nearly all in the sectors closed by decree [E]."""
    repaid_within: tuple[float, ...] = (1, 6, 36)
    """Shortest, mean and longest time to repay a deferral, in months [D for the mean; S: plans up to 36 months]."""


@dataclass(frozen=True)
class PlanLaw:
    """Délais de paiement; figures [D] from the anonymised data base of Signaux Faibles unless said otherwise."""

    of_debts: float = 0.16  # share of lasting debts that get one [E]
    of_deferrals: float = 0.22  # [S: plans sent to 650,000 employers, asked for or not]
    lasting_days: int = 60  # [E]
    wait_days: tuple[int, int] = (25, 110)  # [E]
    log_days: tuple[float, float] = (5.03, 0.95)  # median of 153 days, quartiles 89 and 354
    longest: int = 1_146
    kept: float = 0.80  # [S: 80 % of the plans of the health crisis are kept]
    stages: tuple[tuple[str, float], ...] = (("APPROB", 0.76), ("PRO PR", 0.13), ("PR", 0.11))
    joint: float = 0.02  # through the CCSF
    joint_refused: float = 0.15  # [E]


@dataclass(frozen=True)
class ShortTimeLaw:
    """Activité partielle."""

    # Dares 2015 [S]: 0.4 % of employment a month, nearly half in industry; anonymised data base [D]: 16 to 61 demands
    # a year for 1,725 establishments.
    monthly: float = 0.0011
    industry: float = 2.6  # [E from the share of industry]
    elsewhere: float = 0.7  # [E]
    in_crisis: float = 9.0  # [C]
    habit_since_2020: float = 1.6  # since 2020 it is no longer a sign of weakness [S, in part]
    usual_months: tuple[int, int] = (1, 7)  # [E]
    reasons: tuple[float, ...] = (0.78, 0.04, 0.08, 0.04, 0.06)  # before 2020: code 1 for 78 % [D]; the others [E]
    health_reason: float = 0.95  # of the demands of 2020 give code 5 [D]
    # Share of establishments that consume, from March 2020 to December 2021: Dares, employees of each month [S],
    # shape of the anonymised data base [D]; from May 2021 on [E].
    health_crisis: tuple[float, ...] = (
        0.45, 0.52, 0.46, 0.24, 0.13, 0.09, 0.08, 0.10, 0.18, 0.16, 0.15, 0.15, 0.16, 0.18, 0.14, 0.08, 0.04, 0.03,
        0.025, 0.02, 0.02, 0.02,
    )  # fmt: skip
    windows: tuple[tuple[int, int], ...] = ((0, 4), (4, 8), (8, 12), (12, 16), (16, 22))
    """Months of one demand, counted from March 2020."""
    months_used: float = 0.75  # of the months asked for [E]
    hours_each: float = 38.0  # a month: 32 in 2015, 66 in September 2020 (Dares) [S]
    health_hours_each: float = 38.0  # the same for the demands of the health crisis
    claim_days: float = 25.0  # employers have a year to claim [E]


@dataclass(frozen=True)
class World:
    """One set of mechanisms."""

    population: Population = field(default_factory=Population)
    distress: Distress = field(default_factory=Distress)
    interplay: Interplay = field(default_factory=Interplay)
    procedures: Procedures = field(default_factory=Procedures)
    headcount: Headcount = field(default_factory=Headcount)
    debt: Debt = field(default_factory=Debt)
    plans: PlanLaw = field(default_factory=PlanLaw)
    short_time: ShortTimeLaw = field(default_factory=ShortTimeLaw)
    bodacc: Bodacc = field(default_factory=Bodacc)
    paydex: Paydex = field(default_factory=Paydex)
    help: Help = field(default_factory=Help)
    finances: Finances = field(default_factory=Finances)
    filing: Filing = field(default_factory=Filing)
    tax: Tax = field(default_factory=Tax)
    bank: Bank = field(default_factory=Bank)
    directors: Directors = field(default_factory=Directors)


_OFTEN = Help(since=month(2014, 1), a_month=0.002)
_USEFUL = replace(_OFTEN, ratio=0.6)

WORLDS = {
    "reference": World(),
    "sans_effet": World(help=_OFTEN),
    "aide_visible": World(help=_USEFUL),
    "aide_cachee": World(help=replace(_OFTEN, on_hidden=1.0)),
    "aide_non_consignee": World(help=replace(_USEFUL, logged=0.5)),
    "debordement": World(help=replace(_USEFUL, neighbour=0.75)),
    "reprise": World(help=replace(_USEFUL, taken_over=0.5, taken_over_alone=0.08)),
    "contagion": World(
        distress=Distress(
            persistence=0.93,
            strain=0.5,
            frailty=0.25,
            shock=0.00023,
            slow=0.00014,
            crisis=0.0014,
            crisis_failure=0.045,
            crisis_months=5.0,
            recovery=0.09,
            recovery_months=8.0,
            contagion=12.0,
        )
    ),
    "entrelacs": World(
        distress=Distress(shock=0.00014, slow=0.00008, crisis=0.0025, crisis_failure=0.036),
        interplay=Interplay(
            young_years=15.0,
            young_slip=4.4,
            young_crises_unpaid=False,
            settled_habit=0.6,
            settled_short_time=1200.0,
            calm_ask_first=0.9,
        ),
        debt=Debt(slip=-6.2, strain=0.5),
        short_time=ShortTimeLaw(
            monthly=0.0003,
            in_crisis=1200.0,
            habit_since_2020=2.0,
            usual_months=(1, 4),
            hours_each=20.0,
            health_hours_each=110.0,
        ),
    ),
}
"""The worlds by name: in the reference and in `sans_effet` the help changes nothing; in `aide_cachee`
neither, but agents choose on what the data do not hold; in `contagion` failures come from customers and sudden crises;
in `entrelacs` what a sign means depends on another one, and activité partielle is the best of them until 2020.
"""
