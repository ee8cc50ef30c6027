"""Where INPI publishes the filings that it types and its register (open-data §2.9).

Then where Signaux Faibles and the ministry publish what is computed from them (open-data §2.6-§2.8).
"""

from signaux_faibles.sources.origin import PublicDataset, data_gouv, data_gouv_file

_SERVER = "https://data.inpi.fr/content/editorial/Serveur_ftp_entreprises"
"""How to reach the file server of INPI, where the bulk files are too."""
TYPED_FILINGS = PublicDataset(
    page=_SERVER,
    dataset="Comptes annuels saisis, files `PUB_CA_*.donnees.xml`",
    rhythm="as filings were typed, from 2017 to 2022; the register's API has replaced these files",
    account=True,
)
_API = "https://registre-national-entreprises.inpi.fr/api"
_API_PAGE = "https://data.inpi.fr/content/editorial/Acces_API_Entreprises"
TYPED_FILINGS_OF_THE_API = PublicDataset(
    page=_API_PAGE,
    dataset="API of the RNE, comptes annuels",
    rhythm="continuous",
    downloads=(f"{_API}/companies/{{siren}}/attachments", f"{_API}/bilans-saisis/{{id}}", _SERVER),
    account=True,
)
REGISTER = PublicDataset(
    page=_API_PAGE,
    dataset="API of the RNE, formalités",
    rhythm="continuous",
    downloads=(f"{_API}/companies/diff", _SERVER),
    account=True,
)
DETAILED_ACCOUNTS = PublicDataset(
    page=data_gouv("6587efa36e80ab61d5792fdd"),
    dataset="Données financières détaillées des entreprises (format parquet)",
    rhythm="now and then: the edition that this contract follows is of 10 February 2026",
)
PUBLISHED_RATIOS = PublicDataset(
    page="https://data.economie.gouv.fr/explore/dataset/ratios_inpi_bce/",
    dataset="ratios_inpi_bce",
    rhythm="every week",
    downloads=(data_gouv_file("9d213815-1649-4527-9eb4-427146ef2e5b"),),
)
SECTOR_QUANTILES = PublicDataset(
    page="https://data.economie.gouv.fr/explore/dataset/ratios_inpi_bce_sectors/",
    dataset="ratios_inpi_bce_sectors",
    rhythm="not announced",
    downloads=(data_gouv_file("1222d433-267f-45ea-88bc-43b372d882c7"),),
)
