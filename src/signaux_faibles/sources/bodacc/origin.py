"""Where the notices of BODACC are published (open-data §2.5)."""

from signaux_faibles.sources.origin import PublicDataset

_SITE = "https://bodacc-datadila.opendatasoft.com"

NOTICES = PublicDataset(
    page=f"{_SITE}/explore/dataset/annonces-commerciales/",
    dataset="annonces-commerciales",
    rhythm="five issues a week",
    downloads=(
        f"{_SITE}/api/explore/v2.1/catalog/datasets/annonces-commerciales/exports/json",
        f"{_SITE}/api/explore/v2.1/catalog/datasets/annonces-commerciales/exports/csv",
    ),
)
