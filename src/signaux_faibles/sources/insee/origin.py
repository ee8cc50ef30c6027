"""Where the files of the SIRENE register are published (open-data §2.4)."""

from signaux_faibles.sources.origin import PublicDataset, data_gouv, data_gouv_file


def sirene_dataset(*downloads: str) -> PublicDataset:
    """The monthly files of the register; a contract reads `downloads` among them."""
    return PublicDataset(
        page=data_gouv("5b7ffc618b4c4169d30727e0"),
        dataset="Base Sirene des entreprises et de leurs établissements (SIREN, SIRET)",
        rhythm="every month",
        downloads=downloads,
    )


LEGAL_UNITS = sirene_dataset(
    data_gouv_file("825f4199-cadd-486c-ac46-a65a8ea1a047"),
    data_gouv_file("350182c9-148a-46e0-8389-76c2ec1374a3"),
)
"""In CSV and in Parquet."""
ESTABLISHMENTS = sirene_dataset(
    data_gouv_file("0651fb76-bcf3-4f6a-a38d-bc04fa708576"),
    data_gouv_file("a29c1297-1f92-4e2a-8f6b-8c902ce96c5f"),
    "https://files.data.gouv.fr/geo-sirene/last/StockEtablissement_utf8_geo.csv.gz",
)
"""In CSV and in Parquet; then with the coordinates that data.gouv.fr adds, in another of its data sets."""
ESTABLISHMENT_HISTORY = sirene_dataset(
    data_gouv_file("88fbb6b4-0320-443e-b739-b4376a012c32"),
    data_gouv_file("2b3a0c79-f97b-46b8-ac02-8be6c1f01a8c"),
)
"""In CSV and in Parquet."""
