"""What every contract promises (import-chain §7)."""

import pytest

from signaux_faibles.relations.schema import Kind
from signaux_faibles.sources.contract import Column, Contract, Dialect, Due, KnownAt
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.fields import SIREN, TEXT
from signaux_faibles.sources.file_names import FileNames
from signaux_faibles.sources.origin import Transmission
from signaux_faibles.sources.registry import CONTRACTS

STAGING = {
    "apconso": "siret id_demande heures montant effectif periode",
    "apdemande": "id_demande siret date_statut periode_debut periode_fin heures montant effectif motif_recours",
    "cotisation": "siret periode_debut periode_fin du",
    "debit": "siret numero_compte numero_ecart_negatif date_traitement part_ouvriere part_patronale "
    "numero_historique_ecart_negatif etat_compte code_procedure_collective periode_debut periode_fin "
    "periode_prise_en_compte code_operation_ecart_negatif code_motif_ecart_negatif recours_en_cours debit_id",
    "delai": "siret date_creation date_echeance duree_delai montant_echeancier stade action",
    "effectif": "siret periode effectif",
    "effectif_ent": "siren periode effectif_ent",
    "procol": "siret date_effet action_procol stade_procol",
    "sirene": "siren siret siege complement_adresse numero_voie indrep type_voie voie commune commune_etranger "
    "distribution_speciale code_commune code_cedex cedex code_pays_etranger pays_etranger code_postal departement ape "
    "code_activite nomenclature_activite date_creation longitude latitude est_actif",
    "sirene_ul": "siren raison_sociale prenom1_unite_legale prenom2_unite_legale prenom3_unite_legale "
    "prenom4_unite_legale nom_unite_legale nom_usage_unite_legale categorie_juridique activite_principale creation "
    "est_actif activite_principale_naf25",
    "sirene_histo": "siret date_debut date_fin est_actif changement_statut_actif",
}


@pytest.mark.parametrize(("kind", "columns"), STAGING.items())
def test_the_columns_of_the_reference_come_first_and_in_its_order(kind, columns):
    assert CONTRACTS[kind].schema.names == columns.split()
    assert CONTRACTS[kind].staging.names[: len(columns.split())] == columns.split()


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.name)
def test_a_contract_holds_together(contract):
    names = contract.staging.names
    assert len(names) == len(set(names))
    assert names[-3:] == ["batch", "file", "line"]
    assert contract.key in ("siren", "siret", "classe_naf", "naf_rev2")
    assert {contract.known_at.column, contract.known_at.fact} <= {None, *names}
    assert contract.title
    assert contract.owner
    assert contract.reference


def test_money_is_never_a_float():
    amounts = [c for contract in CONTRACTS.values() for c in contract.columns if c.unit == "euro"]
    assert amounts
    assert {column.type.kind for column in amounts} == {Kind.AMOUNT}


def _contract(*columns: Column, key: str = "siren") -> Contract:
    return Contract(
        "x",
        "X",
        "X",
        Transmission("", "", ""),
        Family.OPEN,
        FileNames(("x.csv",)),
        Dialect(";"),
        columns,
        key,
        Due(day=None),
        KnownAt(),
    )


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ((Column("siren", SIREN),), "siren"),
        ((Column("siren", SIREN, "siren", derived="1"),), "siren"),
        ((Column("nom", TEXT, "nom"),), "siren"),
    ],
)
def test_a_contract_that_cannot_hold_is_refused(columns, key):
    with pytest.raises(ValueError, match=r"^x"):
        _contract(*columns, key=key)
