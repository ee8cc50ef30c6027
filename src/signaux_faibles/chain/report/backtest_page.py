"""The page of a back-test: « Que vaut la prédiction ? », then order, level, and what each recipe reaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from signaux_faibles.chain.report.backtest_grids import (
    capacity_grid,
    measures_grid,
    models_grid,
    policy_grid,
    quarters_grid,
    reliability_grid,
    slices_grid,
)
from signaux_faibles.chain.report.figure import bars, lines
from signaux_faibles.chain.report.page import Page, Section
from signaux_faibles.detection.backtest.forecasts import ALTMAN, LAST_LIST, LOGISTIC, OURS
from signaux_faibles.detection.backtest.measures import TOO_GOOD
from signaux_faibles.detection.backtest.policy import CHANCE, COMPANIES, MORE, USUAL
from signaux_faibles.detection.learning.joint.labels import LABELS
from signaux_faibles.wording.french import counted, day_label, number, percent

RULE = "sector_department_size"
WORTH = (OURS, MORE, LAST_LIST, RULE, CHANCE)
"""The comparisons of « Que vaut la prédiction ? », in order."""
REGIMES = {
    "avant": "Avant la crise sanitaire (listes de mars 2018 à février 2020)",
    "crise": "Pendant la crise sanitaire (listes de mars 2020 à décembre 2021)",
    "après": "Après (listes depuis janvier 2022)",
}
DRAWN = (OURS, LOGISTIC, "recipe_2021", "recipe_2024", "natural_forest")
DOUBT = 0.05
FICTITIOUS = "Données fictives"


def backtest_page(report: dict[str, Any]) -> Page:
    """The whole page, from the object that `sf backtest` writes as JSON."""
    title = f"Contrôle rétrospectif au {day_label(date.fromisoformat(report['as_of']))}"
    sections = (
        Section("Ce que ces chiffres prouvent, et ne prouvent pas", _caution(report)),
        _worth(report),
        _order(report),
        _over_time(report),
        _capacity(report),
        _level(report),
        Section("Ce qu'ont lu les modèles", _models(report), (models_grid(report["models"]),), detail=True),
    )
    mark = FICTITIOUS if report["fictitious"] else ""
    return Page(title, mark, sections)


def _caution(report: dict[str, Any]) -> tuple[str, ...]:
    view = report["employers"]["all"]
    sentences = []
    if report["permuted"]:
        sentences.append(
            "Contre-épreuve : chaque entreprise a reçu les issues d'une autre. Il n'y a rien à apprendre, et une aire "
            "sous la courbe qui s'éloigne de 0,5 dirait que le contrôle lui-même laisse passer l'avenir."
        )
    if report["too_good"]:
        named = ", ".join(LABELS[name] for name in report["too_good"])
        sentences.append(
            f"Trop beau pour être vrai ({named}) : une aire sous la courbe au-dessus de "
            f"{number(TOO_GOOD['auc'], 2)}, ou une précision moyenne au-dessus de "
            f"{number(TOO_GOOD['average_precision'], 2)}, est tenue pour une fuite de l'avenir dans les données, "
            "jusqu'à preuve du contraire. N'en publiez rien."
        )
    if report["fictitious"]:
        sentences.append(
            "Ces entreprises sont inventées : les chiffres éprouvent la chaîne et comparent des façons d'apprendre "
            "dans ce pays-là. Ils ne disent rien de la détection d'entreprises réelles."
        )
    sentences += [
        "Chaque liste est refaite avec ce qui était connu à sa date, par un modèle qui n'a appris que d'issues connues "
        f"alors : au moins 20 mois les séparent. Un modèle est appris tous les {number(report['every'])} mois, sur un "
        f"mois sur {number(report['stride'])}, et sert jusqu'au suivant.",
        f"Entreprises qui défaillent parmi celles-là : {number(view['failing'])}. Les intervalles, par tirage "
        "d'entreprises, disent ce qui se distingue du hasard. Rien ne se conclut d'une seule graine, d'une seule "
        "origine, ni à l'échelle de la démonstration.",
    ]
    return tuple(sentences)


def _worth(report: dict[str, Any]) -> Section:
    """Failures and jobs reached by our list, and by what anyone could do instead."""
    policy = report["policy"][str(USUAL)]
    recipes, in_all = policy["recipes"], policy["in_all"]
    ours, more, rule, chance = (recipes[name] for name in (OURS, MORE, RULE, CHANCE))
    sentences = (
        "Chaque trimestre on appelle les entreprises les mieux classées : in bonis, créées depuis plus de trois ans, "
        "sans délai de paiement en cours, et pas déjà désignées par la même règle dans les 18 mois. On compte les "
        f"défaillances dans les 18 mois de l'appel. Le nombre d'appels est celui de {USUAL} par département et par "
        f"liste dans un pays de {number(COMPANIES)} entreprises, ramené à la taille de celui-ci.",
        f"Avec {number(ours['calls'])} appels, notre liste atteint {number(ours['failures'])} des "
        f"{number(in_all['failures'])} défaillances qui suivent ces listes ; le hasard {number(chance['failures'])}, "
        f"la règle par secteur, département et taille {number(rule['failures'])}. Dix pour cent d'appels en plus en "
        f"atteignent {number(more['failures'])}.",
        "Atteindre une défaillance, c'est l'avoir fait figurer parmi les appels, pas l'avoir évitée : ce que vaut "
        "l'appel lui-même n'est pas mesuré ici. La « dernière liste » est la nôtre, faite avec les données d'un "
        "trimestre plus tôt.",
    )
    labelled = {LABELS[name]: recipes[name] for name in WORTH}
    figures = (
        bars("Défaillances atteintes", {name: one["failures"] for name, one in labelled.items()}),
        bars("Emplois des entreprises atteintes", {name: one["jobs"] for name, one in labelled.items()}),
    )
    grid = policy_grid("Ce que les appels atteignent", {name: recipes[name] for name in WORTH}, in_all)
    return Section("Que vaut la prédiction ?", sentences, (grid,), figures=figures)


def _order(report: dict[str, Any]) -> Section:
    views = report["employers"]
    grids = [measures_grid("Toutes les listes, entreprises qui emploient encore", views["all"])]
    grids += [measures_grid(words, views[name]) for name, words in REGIMES.items() if name in views]
    grids.append(measures_grid("Toutes les listes, toutes les entreprises, comme en service", report["service"]))
    sentences = tuple(
        _beside(words, views[name]) for name, words in {"all": "Toutes les listes", **REGIMES}.items() if name in views
    )
    return Section("Ordre et niveau de chaque façon de prédire", sentences, tuple(grids))


def _beside(words: str, view: dict[str, Any]) -> str:
    beside = view["beside_strongest"]
    if beside["auc"] is None:
        return f"{words} : aucune défaillance, rien à comparer."
    measures = {
        name: f"{number(beside[name], 3)} [{' ; '.join(number(one, 3) for one in beside[f'{name}_interval'])}]"
        for name in ("auc", "average_precision")
    }
    return (
        f"{words}, la nôtre moins la meilleure des autres ({LABELS[view['strongest']]}) : précision moyenne "
        f"{measures['average_precision']}, aire sous la courbe {measures['auc']}."
    )


def _over_time(report: dict[str, Any]) -> Section:
    quarters = report["by_quarter"]
    labels = [one["month"][:7] for one in quarters]

    def series(measure: str, names: tuple[str, ...]) -> dict[str, list[float | None]]:
        return {LABELS[name]: [one["recipes"][name][measure] for one in quarters] for name in names}

    level = series("observed_expected", (OURS, LOGISTIC))
    level["Le nôtre, remis à niveau"] = [one["updated"] for one in quarters]
    figures = (
        lines("Aire sous la courbe, par liste", labels, series("auc", DRAWN)),
        lines("Précision moyenne, par liste", labels, series("average_precision", DRAWN)),
        lines("Défaillances observées pour une attendue, par liste", labels, level),
    )
    closer = sum(
        one["updated"] is not None and _gap(one["updated"]) < _gap(one["recipes"][OURS]["observed_expected"])
        for one in quarters
    )
    sentences = (
        f"Une remise à niveau d'après les défaillances connues des douze derniers mois rapprocherait du compte "
        f"{number(closer)} listes sur {number(len(quarters))} : elle est mesurée, pas appliquée.",
        "Quand le taux annuel connu à la date de la liste a bougé de plus de 15 % depuis la cohorte qui calibre, le "
        "niveau des probabilités est incertain et seul l'ordre vaut.",
    )
    return Section("Au fil des listes", sentences, (quarters_grid(quarters),), detail=True, figures=figures)


def _gap(ratio: float) -> float:
    return abs(ratio - 1)


def _capacity(report: dict[str, Any]) -> Section:
    shares = report["kept_between_lists"]
    grids = tuple(
        policy_grid(f"{calls} appels par département et par liste", policy["recipes"], policy["in_all"])
        for calls, policy in report["policy"].items()
    )
    by_regime = tuple(
        policy_grid(
            f"{words}, {USUAL} appels",
            report["policy_by_regime"][name]["recipes"],
            report["policy_by_regime"][name]["in_all"],
        )
        for name, words in REGIMES.items()
        if name in report["policy_by_regime"]
    )
    stable = ", ".join(f"{LABELS[name]} {percent(share, 0)}" for name, share in shares.items() if share is not None)
    sentences = (
        "Précision et rappel parmi les premières de chaque liste ; puis ce que les appels atteignent, comme plus haut.",
        f"Part des {USUAL} premières par département qui l'étaient déjà un trimestre plus tôt : {stable}.",
    )
    return Section(
        "À capacité donnée", sentences, (capacity_grid(report["employers"]["all"]), *grids, *by_regime), detail=True
    )


def _level(report: dict[str, Any]) -> Section:
    tenths = report["reliability"]
    series = {"Prévu": [one["foreseen"] for one in tenths], "Observé": [one["observed"] for one in tenths]}
    figure = lines(
        "Prévu et observé, par dixième de probabilité", [str(rank + 1) for rank in range(len(tenths))], series, 3
    )
    far = sum(one["holm"] < DOUBT for one in report["slices"])
    sentences = (
        f"Lignes d'entreprises déjà en procédure sans qu'aucun fichier le dise : {number(report['already_open'])}. Une "
        "alerte y est inutile, et compte comme telle.",
        f"Secteurs et tailles où le compte s'écarte du prévu plus que le hasard ne le ferait : {number(far)} sur "
        f"{number(len(report['slices']))} (seuil de 5 %, corrigé de leur nombre).",
    )
    return Section(
        "Le niveau des probabilités",
        sentences,
        (reliability_grid(tenths), slices_grid(report["slices"])),
        detail=True,
        figures=(figure,),
    )


def _models(report: dict[str, Any]) -> tuple[str, ...]:
    read = " et ".join(report["snapshots"])
    learned = (
        f"Instantané {read}. Boosting : {counted(report['seeds'], 'graine', 'graines')} ; chaque modèle est la moyenne "
        f"de {number(report['folds'])}, qui ont laissé de côté chacun une part des entreprises. Les poids "
        "disent ce que compte chacun des quatre modèles dans la somme."
    )
    if ALTMAN in report["employers"]["all"]["recipes"]:
        score = (
            f"{LABELS[ALTMAN]} : Z'' aux poids publiés, sur les derniers comptes publics connus à chaque date ; une "
            "entreprise sans comptes publics a la fréquence de celles qui n'en ont pas."
        )
    else:
        score = (
            f"{LABELS[ALTMAN]} : non calculé, car un des modèles a appris de mois où aucun compte public n'était connu."
        )
    return learned, score
