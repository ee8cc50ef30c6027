"""`sf train`, `sf promote`, `sf list …`: models and lists."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from signaux_faibles.cli.options import HomeOption, alerts, refusals_as_sentences, screen
from signaux_faibles.detection.learning.archive import promote as promote_model
from signaux_faibles.detection.learning.baselines import CONSTANT
from signaux_faibles.detection.learning.fitting import EMPLOYERS, SERVICE
from signaux_faibles.detection.learning.joint.labels import LABELS as LEARNERS
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.detection.learning.train import train as train_model
from signaux_faibles.detection.levels import LABELS, NONE, Level
from signaux_faibles.detection.lists.archive import (
    PUBLISHED,
    STATES,
    WITHDRAWN,
    ArchivedList,
    act,
    archived,
    archived_list,
)
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.detection.lists.monitor import Source
from signaux_faibles.detection.lists.sources_said import said_of_sources
from signaux_faibles.home.home import Home
from signaux_faibles.wording import french as wording

By = Annotated[str | None, typer.Option("--by", help="Qui agit ; par défaut le compte de la machine.")]
Number = Annotated[int, typer.Argument(help="Numéro de la liste.")]
FICTITIOUS = "Données fictives : ces chiffres éprouvent la chaîne, ils ne disent rien des entreprises réelles."
VIEWS = {
    EMPLOYERS: "celles qui emploient encore, sans les cessations déjà visibles",
    SERVICE: "toutes les entreprises in bonis du périmètre",
}
"""The headline first."""


def train(
    home: HomeOption, seed: Annotated[int, typer.Option(help="Graine des tirages qui donnent les intervalles.")] = 0
) -> None:
    """Apprend un modèle candidat sur l'instantané publié et le juge sur le passé ; rien n'est promu."""
    with refusals_as_sentences():
        with alerts.status("Apprentissage et jugement sur le passé"):
            candidate = train_model(Home(home), seed)
        show_candidate(candidate)
        screen.print(f"Modèle candidat : {candidate.name}. Pour l'utiliser : sf promote {candidate.name}")


def promote(model: Annotated[str, typer.Argument(help="Nom du modèle candidat.")], home: HomeOption) -> None:
    """Fait d'un candidat le modèle qui donne les scores."""
    with refusals_as_sentences():
        promote_model(Home(home), model)
        screen.print(f"Modèle promu : {model}")


def list_build(
    home: HomeOption,
    by: By = None,
    without: Annotated[
        list[Source] | None, typer.Option("--without", help="Source dont la liste se passe ; peut être répétée.")
    ] = None,
) -> None:
    """Écrit la liste du mois publié, en brouillon, avec le modèle promu ; dit quelles sources ont changé."""
    with refusals_as_sentences():
        draft = build_list(Home(home), at=_now(), by=by or getpass.getuser(), hidden=without or ())
        _show_list(draft)
        for sentence in said_of_sources(draft.card):
            screen.print(sentence, markup=False)
        for one in draft.card["sources"]:
            if one["moved"] and one["scored"] < 1:
                screen.print(f"Pour s'en passer : sf list build --without {one['name']}", markup=False)
        screen.print(f"Liste n° {draft.number} en brouillon. Pour la publier : sf list publish {draft.number}")


def list_publish(number: Number, home: HomeOption, by: By = None) -> None:
    """Publie une liste : les agents la voient, elle ne changera plus."""
    _act(number, home, PUBLISHED, by)


def list_withdraw(
    number: Number,
    home: HomeOption,
    by: By = None,
    reason: Annotated[str, typer.Option("--reason", help="Motif, que les agents liront.")] = "",
) -> None:
    """Retire une liste publiée ; elle reste dans l'archive, et les pages disent quand et pourquoi."""
    _act(number, home, WITHDRAWN, by, reason)


def list_show(
    home: HomeOption, number: Annotated[int | None, typer.Argument(help="Numéro ; sans lui, toutes les listes.")] = None
) -> None:
    """Montre une liste et sa fiche, ou toutes les listes."""
    with refusals_as_sentences():
        if number is not None:
            _show_list(archived_list(Home(home), number))
            return
        table = Table("N°", "Liste", "État", "Alertes élevées", "Alertes modérées", "Premières alertes", "Modèle", "")
        for one in archived(Home(home)):
            counts = one.card["counts"]
            figures = [
                wording.number(counts[Level.HIGH]),
                wording.number(counts[Level.MODERATE]),
                _first_alerts(counts),
            ]
            mark = "Données fictives" if one.card["fictitious"] else ""
            table.add_row(str(one.number), one.card["label"], STATES[one.state], *figures, _model_of(one.card), mark)
        screen.print(table if table.rows else "Aucune liste. Écrivez-en une : sf list build.")


def _act(number: int, home: HomeOption, state: str, by: str | None, reason: str = "") -> None:
    with refusals_as_sentences():
        after = act(Home(home), number, state, at=_now(), by=by or getpass.getuser(), reason=reason)
        screen.print(f"Liste n° {after.number} ({after.card['label']}) : {STATES[after.state]}.")


def show_candidate(candidate: CandidateModel) -> None:
    """Print what a candidate learned, and how it performed on the past beside the baselines."""
    card = candidate.card
    if card["fictitious"]:
        screen.print(FICTITIOUS, style="bold yellow")
    for name, words in (("training", "Apprentissage"), ("calibration", "Calibration")):
        part = card[name]
        screen.print(
            f"{words} : {_period(part)}, {_companies_and_events(part)} sur {wording.number(part['rows'])} "
            f"({wording.percent(part['rate'])})."
        )
    screen.print(_learners(card))
    for origin in card["backtest"]:
        for view, words in VIEWS.items():
            screen.print(_measures(origin, view, words))
        screen.print(_reliability(origin), _classes(origin))
    if card["backtest"]:
        screen.print(_companies_by_level(card["class_observed"]))
    else:
        screen.print("Historique trop court pour juger ce modèle sur le passé : aucune performance n'est connue.")
    assumed = card["assumed_dates"]
    sources = ", ".join(
        f"{name} {wording.percent(part['importance'], 0)}" for name, part in assumed["by_source"].items()
    )
    screen.print(
        "Part de l'importance qui repose sur des dates de connaissance supposées : "
        f"{wording.percent(assumed['importance'], 0)} ({sources})."
    )


def _learners(card: dict[str, Any]) -> Table:
    """What each way to learn weighs, by horizon."""
    horizons = sorted(card["learners"], key=int, reverse=True)
    caption = "Poids en log-cotes, appris sur des entreprises non vues. " + "; ".join(
        f"à {horizon} mois, {wording.number(card['learners'][horizon]['rows_taught'])} lignes apprises dont "
        f"{wording.counted(card['learners'][horizon]['events'], 'positive', 'positives')}"
        for horizon in horizons
    )
    table = Table("", *(f"{horizon} mois" for horizon in horizons), title="Façons d'apprendre", caption=caption)
    for name in card["learners"][horizons[0]]["weights"]:
        weights = (card["learners"][horizon]["weights"].get(name) for horizon in horizons)
        table.add_row(LEARNERS[name], *("–" if one is None else wording.number(one, 2) for one in weights))
    return table


def _measures(origin: dict[str, Any], view: str, words: str) -> Table:
    of_view = origin["views"][view]
    title = f"Jugé de {_period(origin['evaluation'])}, à 18 mois : {words}"
    caption = (
        f"{_companies_and_events(of_view)} sur {wording.number(of_view['rows'])}. "
        "Entre crochets, intervalles à 95 % par entreprise. Le gain est celui de la perte logarithmique."
    )
    table = Table("", "AUC", "Précision moyenne", "Gain sur la constante", "Pente", "Observé / attendu",
                  title=title, caption=caption)  # fmt: skip
    least = of_view["forecasts"][CONSTANT]["log_loss"]
    for name, measures in of_view["forecasts"].items():
        table.add_row(
            name,
            f"{wording.number(measures['auc'], 3)} {wording.interval(measures['auc_interval'])}",
            f"{wording.number(measures['average_precision'], 3)} "
            f"{wording.interval(measures['average_precision_interval'])}",
            wording.percent(1 - measures["log_loss"] / least),
            "–" if measures["slope"] is None else wording.number(measures["slope"], 2),
            wording.number(measures["observed_expected"], 2),
        )
    return table


def _reliability(origin: dict[str, Any]) -> Table:
    table = Table("Dixième", "Prévu", "Observé", "Lignes", title="Calibration du modèle, par dixième de probabilité")
    for rank, part in enumerate(origin["reliability"], 1):
        table.add_row(
            str(rank),
            wording.percent(part["foreseen"], 2),
            wording.percent(part["observed"], 2),
            wording.number(part["rows"]),
        )
    return table


def _classes(origin: dict[str, Any]) -> Table:
    table = Table(
        "Niveau", "Lignes", "Procédures ouvertes", "Fréquence observée", title="Niveaux, aux seuils de cette origine"
    )
    for level in (Level.HIGH, Level.MODERATE, NONE):
        part = origin["classes"][level]
        frequency = "–" if part["frequency"] is None else wording.percent(part["frequency"])
        table.add_row(LABELS[level], wording.number(part["rows"]), wording.number(part["events"]), frequency)
    return table


def _companies_by_level(classes: dict[str, Any]) -> Table:
    title = "Ce que diront les pages : dernière liste du contrôle, à ses propres seuils"
    table = Table("Niveau", "Entreprises", "Procédures ouvertes", "Fréquence observée", title=title)
    for level in (Level.HIGH, Level.MODERATE, NONE):
        part = classes[level]
        frequency = "–" if part["frequency"] is None else wording.percent(part["frequency"])
        table.add_row(LABELS[level], wording.number(part["companies"]), wording.number(part["events"]), frequency)
    return table


def _show_list(archived: ArchivedList) -> None:
    card = archived.card
    counts = card["counts"]
    table = Table(title=f"Liste n° {archived.number} : {card['label']} {STATES[archived.state]}", show_header=False)
    data = f"instantané {card['snapshot']}" if card["snapshot"] else f"fichier {card['source']['file']}"
    table.add_row("Données", data + (" (données fictives)" if card["fictitious"] else ""))
    table.add_row("Modèle", _model_of(card))
    table.add_row("Entreprises évaluées", wording.number(counts["scored"]))
    what = "probabilité à 18 mois" if card["snapshot"] else "score"
    for level in (Level.HIGH, Level.MODERATE):
        threshold = card["thresholds"].get(level)
        reached = "" if threshold is None else f" ({what} d'au moins {wording.percent(threshold)})"
        table.add_row(LABELS[level], f"{wording.number(counts[level])}{reached}")
    table.add_row("Premières alertes", _first_alerts(counts))
    screen.print(table)


def _model_of(card: dict[str, Any]) -> str:
    """The model of a list; an imported list names that of the former service."""
    return card["model"] or f"service précédent ({card['source']['algorithm'] or 'non précisé'})"


def _first_alerts(counts: dict[str, Any]) -> str:
    first = counts["first_alerts"]
    return "inconnues (historique insuffisant)" if first is None else wording.number(first)


def _companies_and_events(part: dict[str, Any]) -> str:
    companies = wording.counted(part["companies"], "entreprise", "entreprises")
    return f"{companies}, {wording.counted(part['events'], 'ligne positive', 'lignes positives')}"


def _period(part: dict[str, str]) -> str:
    return wording.period(date.fromisoformat(part["first"]), date.fromisoformat(part["last"]))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
