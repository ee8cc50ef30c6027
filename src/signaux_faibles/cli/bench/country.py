"""`sf bench hardness`, `admission`, `calibration`, `worlds`: measures of the invented country (docs/fictitious.md)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.cli.options import screen
from signaux_faibles.fictitious.measured.admission import admission
from signaux_faibles.fictitious.measured.calibration import Curve, curves
from signaux_faibles.fictitious.measured.effects import effect
from signaux_faibles.fictitious.measured.figures import drawn
from signaux_faibles.fictitious.measured.hardness import (
    PUBLISHED_AUC,
    PUBLISHED_PRECISION,
    PUBLISHED_PREVALENCE,
    Score,
    hardness,
    known_of,
)
from signaux_faibles.fictitious.parameters.world import WORLDS
from signaux_faibles.relations.files import write_text
from signaux_faibles.wording.french import number, percent

Companies = Annotated[int, typer.Option(help="Entreprises de dix salariés ou plus.")]
Seed = Annotated[int, typer.Option(help="Graine du pays.")]
Seeds = Annotated[list[int], typer.Option("--seed", help="Graine d'un pays ; répétable, les pays sont mêlés.")]
WorldName = Annotated[str, typer.Option(help=f"Monde : {', '.join(WORLDS)}.")]


def bench_hardness(companies: Companies = 20_000, seed: Seed = 20, world: WorldName = "reference") -> None:
    """Mesure la difficulté du pays inventé : la recette de 2021, et ce que nul modèle ne peut dépasser."""
    _check(world)
    measures = hardness(known_of(companies, seed, world))
    title = f"Monde {world}, graine {seed} : juin à novembre 2018, in bonis, défaillance à 18 mois. Données fictives."
    table = Table("", "AUC", "Précision moyenne", "Prévalence", title=title)
    published = Score(PUBLISHED_AUC, PUBLISHED_PRECISION, PUBLISHED_PREVALENCE, 0)
    rows = (
        ("Publié, données réelles : régression logistique de 2021", published),
        ("Régression logistique de 2021, pays inventé", measures.recipe),
        ("Plafond : risque latent du mois", measures.hazard),
        ("Plafond : modèle fort sur les processus sans bruit", measures.processes),
    )
    for name, score in rows:
        table.add_row(name, *(number(value, 3) for value in (score.auc, score.precision, score.prevalence)))
    screen.print(table)


def bench_admission(
    companies: Companies = 20_000,
    seed: Seeds = [20, 31],  # noqa: B006 (only read)
    world: WorldName = "entrelacs",
) -> None:
    """Dit si un monde départage les façons d'apprendre, et si l'activité partielle y trompe en juin 2020."""
    _check(world)
    result = admission([country for one in seed for country in known_of(companies, one, world)])
    seeds = ", ".join(str(one) for one in seed)
    table = Table("", "AUC", "Précision moyenne", title=f"Monde {world}, graines {seeds}. Données fictives.")
    table.add_row("Régression additive, juin à novembre 2018", *(number(value, 3) for value in result.additive))
    table.add_row("Boosting, juin à novembre 2018", *(number(value, 3) for value in result.boosting))
    table.add_row("Boosting de 2018 en juin 2020, avec l'activité partielle", number(result.with_it, 3), "")
    table.add_row("Boosting de 2018 en juin 2020, sans elle", number(result.without_it, 3), "")
    screen.print(table)
    gain, low, high = (number(value, 3) for value in result.gain)
    screen.print(f"Précision moyenne, boosting moins régression : {gain} [{low} ; {high}].", markup=False)
    verdict = "départage" if result.separates else "ne départage pas"
    trap = "piège" if result.traps else "ne piège pas"
    screen.print(f"Ce monde {verdict} les façons d'apprendre ; l'activité partielle y {trap} un modèle de 2018.")


def bench_calibration(
    figures: Annotated[Path, typer.Argument(help="Dossier où dessiner les figures.")] = Path("docs/figures"),
    companies: Companies = 20_000,
    seed: Seed = 20,
    world: WorldName = "reference",
) -> None:
    """Compare le pays inventé aux séries publiées et dessine les figures de la documentation."""
    _check(world)
    for curve in curves([one.part for one in known_of(companies, seed, world)]):
        write_text(figures / f"{curve.name}.svg", drawn(curve))
        screen.print(_table(curve))


def bench_worlds(companies: Companies = 8_000, seed: Seed = 20) -> None:
    """Dit ce que l'aide change vraiment dans chaque monde : la vérité que les mesures d'impact doivent trouver."""
    title = "Défaillances à 18 mois des entreprises aidées et de leurs voisines. Données fictives."
    heads = ("Monde", "", "Entreprises", "Aide consignée", "Avec aide", "Sans aide", "Emplois avec / sans")
    table = Table(*heads, title=title)
    for world in WORLDS:
        parts = [one.part for one in known_of(companies, seed, world)]
        for role, label in (("aidee", "aidées"), ("voisine", "voisines")):
            outcome = effect(parts, role)
            if outcome is not None:
                shares = [percent(share) for share in (outcome.logged, outcome.with_help, outcome.without)]
                table.add_row(world, label, number(outcome.companies), *shares, number(outcome.jobs, 2))
    screen.print(table)


def _check(world: str) -> None:
    if world not in WORLDS:
        raise typer.BadParameter(f"le monde « {world} » n'existe pas ; mondes connus : {', '.join(WORLDS)}")


def _table(curve: Curve) -> Table:
    table = Table("", "Pays inventé", f"Publié ({curve.source})", title=f"{curve.title}. Données fictives.")
    for label, invented, published in zip(curve.labels, curve.invented, curve.published, strict=True):
        table.add_row(label, number(invented, 2), "" if math.isnan(published) else number(published, 2))
    return table
