"""Where a file type comes from: the page of a public data set, or who transmits a file that is not public, and how.

People read an origin; no program follows an address, since the chain downloads nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = r"https://([a-z0-9-]+\.)+[a-z]{2,}(/[\w.~%/{}-]*)?"
"""No query, fragment, port or user: such an address would be that of a session, not of a data set."""


@dataclass(frozen=True)
class PublicDataset:
    """Data that anyone may download.

    Attributes:
        page: address of the page that describes the data set.
        dataset: the name or identifier of the data set on its platform.
        rhythm: how often the owner publishes it, which is not when the chain expects it (`Contract.due`).
        downloads: addresses of the files or of the API, if the data set holds others beside them.
        account: whether a free account must be opened first.
    """

    page: str
    dataset: str
    rhythm: str
    downloads: tuple[str, ...] = ()
    account: bool = False

    def __post_init__(self) -> None:
        for address in (self.page, *self.downloads):
            if re.fullmatch(_ADDRESS, address) is None:
                raise ValueError(f"{self.dataset}: {address} is not the https address of a page")


@dataclass(frozen=True)
class Transmission:
    """Data that are not public: the owner of the contract transmits them to the service.

    Attributes:
        basis: the convention or contract under which they are transmitted, or the secrecy that restricts it.
        channel: how the files arrive.
        rhythm: how often they arrive.
    """

    basis: str
    channel: str
    rhythm: str


Origin = PublicDataset | Transmission

NATIONAL_CONVENTION = "national convention of the partners, 3 April 2019 (service-impact-law §1.1)"
PARTNER_UPLOAD = "each partner uploads to a folder of its own, as on the earlier platform (first-generation §3.8)"


def data_gouv(dataset: str) -> str:
    """The page of a data set of data.gouv.fr, from its identifier, which does not change when its title does."""
    return f"https://www.data.gouv.fr/datasets/{dataset}"


def data_gouv_file(resource: str) -> str:
    """The address from which data.gouv.fr sends the last edition of a file, from the identifier of the resource."""
    return f"https://www.data.gouv.fr/api/1/datasets/r/{resource}"
