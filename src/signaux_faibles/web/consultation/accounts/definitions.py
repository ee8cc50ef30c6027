"""What the amounts and ratios of the accounts mean, in a sentence each, one click away from their line."""

from __future__ import annotations

AMOUNTS = {
    "chiffre_affaires": "Ventes de biens et de services de l’exercice, hors taxes.",
    "marge_brute": "Ventes et production, moins les achats consommés.",
    "valeur_ajoutee": "Marge brute, moins les achats extérieurs : ce que l’entreprise ajoute elle-même.",
    "ebe": "Valeur ajoutée et subventions, moins les impôts de production et le personnel.",
    "resultat_exploitation": "Ce que rapporte l’activité courante, après amortissements et provisions.",
    "resultat_net": "Bénéfice ou perte de l’exercice, après tout.",
    "caf": "Ce que l’exercice laisse pour investir et rembourser, avant amortissements et provisions.",
    "capital_social": "Ce que les associés ont apporté et que les statuts fixent.",
    "capitaux_propres": "Capital, réserves et résultats accumulés ; négatifs, les pertes ont tout absorbé.",
    "dettes_financieres": "Emprunts et dettes envers les banques, et autres dettes financières.",
    "dettes_fiscales_sociales": "Ce qui est dû à la clôture au fisc, aux organismes sociaux et au personnel.",
    "fournisseurs": "Ce qui est dû aux fournisseurs à la clôture.",
    "tresorerie": "Comptes bancaires, caisse et placements.",
    "bfr_exploitation": "Stocks et créances clients, moins dettes d’exploitation.",
    "total_bilan": "Tout ce que l’entreprise possède, amortissements déduits.",
}
RATIOS = {
    "part_ca_marge_brute": "Marge brute / chiffre d’affaires.",
    "marge_ebe": "Excédent brut d’exploitation / chiffre d’affaires.",
    "part_ca_ebit": "Résultat d’exploitation / chiffre d’affaires.",
    "resultat_courant_avant_impots_sur_ca": "Résultat courant avant impôts / chiffre d’affaires.",
    "part_ca_resultat_net": "Résultat net / chiffre d’affaires.",
    "caf_sur_ca": "Capacité d’autofinancement / chiffre d’affaires.",
    "taux_d_endettement": "Dettes financières / fonds propres.",
    "autonomie_financiere": "Capitaux propres / total du bilan.",
    "capacite_de_remboursement": "Dettes financières / capacité d’autofinancement de douze mois.",
    "couverture_des_interets": "Intérêts / excédent brut d’exploitation.",
    "ratio_de_liquidite": "Actif circulant net / dettes à moins d’un an.",
    "ratio_de_vetuste": "Amortissements / immobilisations corporelles brutes.",
    "poids_bfr_exploitation_sur_ca_jours": "Besoin en fonds de roulement / chiffre d’affaires de douze mois, en jours.",
    "rotation_des_stocks_jours": "Stocks / chiffre d’affaires de douze mois, en jours.",
    "credit_clients_jours": "Créances clients / chiffre d’affaires de douze mois, en jours.",
    "credit_fournisseurs_jours": "Dettes fournisseurs / achats de douze mois, en jours.",
}
