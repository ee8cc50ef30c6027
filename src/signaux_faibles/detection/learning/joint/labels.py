"""What reports call each recipe, in French, by the name that the JSON gives it."""

from __future__ import annotations

LABELS = {
    "ours": "Le nôtre",
    "ours_unseen": "Le nôtre, entreprises jamais apprises",
    "ridge_on_ranks": "Régression seule, rangs",
    "ridge_on_amounts": "Régression seule, montants",
    "boosting_on_values": "Boosting seul, valeurs",
    "boosting_on_ranks": "Boosting seul, rangs",
    "constant": "Constante",
    "sector_rate": "Taux du secteur",
    "sector_department_size": "Secteur, département et taille",
    "debt_rule": "Règle de dette",
    "last_list": "Dernière liste",
    "altman": "Score à la Altman",
    "recipe_2021": "Recette de 2021",
    "recipe_2024": "Recette de 2024",
    "recipe_2024_own_way": "Recette de 2024, à sa façon",
    "natural_forest": "Même forêt, sans rééchantillonner",
    "hazard": "Risque en temps discret",
    "logistic": "Régression logistique de la première version",
    "latent_hazard": "Plafond : risque latent",
    "processes_free_of_noise": "Plafond : processus sans bruit",
    "chance": "Au hasard",
    "ours_10_more": "Le nôtre, dix pour cent d'appels en plus",
}
