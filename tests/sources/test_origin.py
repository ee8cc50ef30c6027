"""Where each file type comes from: the contract says it, its page and the README of its owner show it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from signaux_faibles import sources
from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.documentation import page
from signaux_faibles.sources.families import Family
from signaux_faibles.sources.origin import PublicDataset, Transmission, data_gouv, data_gouv_file
from signaux_faibles.sources.registry import CONTRACTS

ROOT = Path(__file__).parents[2]
SOURCES = Path(sources.__file__).parent
MODULE = {path.stem: path for path in SOURCES.glob("*/*.py") if path.stem in CONTRACTS}
OWNERS = sorted({path.parent for path in MODULE.values()})
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")

each_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS.keys())
each_owner = pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.name)


@each_contract
def test_every_contract_says_where_its_files_come_from(contract: Contract) -> None:
    match contract.origin:
        case PublicDataset(dataset=dataset, rhythm=rhythm):
            assert dataset
            assert rhythm
            assert contract.family is Family.OPEN, "what anyone may download needs no habilitation"
        case Transmission(basis, channel, rhythm):
            assert basis
            assert channel
            assert rhythm
            assert not contract.licence.startswith("Licence"), "what is not public has no licence of reuse"


@each_contract
def test_its_page_shows_the_origin(contract: Contract) -> None:
    text = page(contract)
    match contract.origin:
        case PublicDataset() as public:
            assert all(f"({address})" in text or f"<{address}>" in text for address in (public.page, *public.downloads))
            assert ("a free account must be opened" in text) == public.account
            assert "« non public »" not in text
        case Transmission(basis, channel):
            assert f"| origin | « non public », delivered by {contract.owner}: {basis} |" in text
            assert f"| channel | {channel} |" in text
    assert f"| rhythm | {contract.origin.rhythm} |" in text


@pytest.mark.parametrize(
    "address",
    [
        "http://www.data.gouv.fr/datasets/x",
        "https:/www.data.gouv.fr/datasets/x",
        "https://localhost/datasets",
        "https://10.0.0.1/datasets",
        "https://www.data.gouv.fr:8443/datasets",
        "https://agent:secret@data.inpi.fr/",
        "https://data.inpi.fr/files?token=x",
        "https://data.inpi.fr/files#licence",
        "https://data.inpi.fr/two words",
        "https://data.inpi.fr/one, https://data.inpi.fr/two",
        "data.inpi.fr",
        "",
    ],
)
def test_an_address_that_is_not_that_of_a_page_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not the https address of a page"):
        PublicDataset(page=address, dataset="x", rhythm="every month")
    with pytest.raises(ValueError, match="is not the https address of a page"):
        PublicDataset(page="https://data.inpi.fr/", dataset="x", rhythm="every month", downloads=(address,))


def test_an_identifier_of_data_gouv_is_24_hexadecimal_digits_and_that_of_a_file_a_uuid() -> None:
    publics = [contract.origin for contract in CONTRACTS.values() if isinstance(contract.origin, PublicDataset)]
    addresses = {address for public in publics for address in (public.page, *public.downloads)}
    ours = sorted(address for address in addresses if address.startswith("https://www.data.gouv.fr/"))
    page_, file = re.escape(data_gouv("")), re.escape(data_gouv_file(""))
    uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    assert ours
    assert [one for one in ours if not re.fullmatch(f"{page_}[0-9a-f]{{24}}|{file}{uuid}", one)] == []


@each_contract
def test_the_docstring_of_its_module_leads_to_its_page(contract: Contract) -> None:
    module = MODULE[contract.name].relative_to(SOURCES).with_suffix("").as_posix().replace("/", ".")
    assert f"docs/sources/{contract.name}.md" in str(import_module(f"signaux_faibles.sources.{module}").__doc__)


@each_owner
def test_an_owner_has_a_readme_that_leads_to_each_of_its_types(owner: Path) -> None:
    text = (owner / "README.md").read_text(encoding="utf-8")
    of_owner = {name for name, path in MODULE.items() if path.parent == owner}
    assert {name for name in of_owner if f"[`{name}`]({name}.py)" not in text} == set()
    pages = {Path(link).stem for link in _LINK.findall(text) if "docs/sources/" in link}
    assert pages == of_owner


@each_owner
def test_the_links_of_a_readme_lead_somewhere(owner: Path) -> None:
    links = _LINK.findall((owner / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if "://" not in link and not (owner / link).exists()] == []


@each_owner
def test_a_readme_leads_to_every_public_page_of_its_types_and_says_what_is_not_public(owner: Path) -> None:
    text = (owner / "README.md").read_text(encoding="utf-8")
    origins = [CONTRACTS[name].origin for name, path in MODULE.items() if path.parent == owner]
    public = {origin.page for origin in origins if isinstance(origin, PublicDataset)}
    assert {link for link in _LINK.findall(text) if "://" in link} == public
    assert ("« non public »" in text) == any(isinstance(origin, Transmission) for origin in origins)
