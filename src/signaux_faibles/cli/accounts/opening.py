"""`sf account`: the people who may sign in, and what each may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.home.home import Home
from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Administration, Segment
from signaux_faibles.web.serve import CannotServe, open_database
from signaux_faibles.wording.french import day_label

if TYPE_CHECKING:  # models can be imported only once Django is set up on a home folder
    from signaux_faibles.web.accounts.models import Account
    from signaux_faibles.web.accounts.opening import Person

accounts = typer.Typer(help="Comptes de l'application : création, droits, fermeture.", no_args_is_help=True)


def segment_of(name: str) -> Segment:
    """The segment of a name, whatever its case.

    Raises:
        typer.BadParameter: there is none.
    """
    try:
        return Segment[name.upper()]
    except KeyError:
        raise typer.BadParameter(f"« {name} » : {', '.join(one.name for one in Segment)}.") from None


Email = Annotated[str, typer.Argument(help="Adresse électronique du compte.")]
AdministrationOption = Annotated[Administration, typer.Option(case_sensitive=False)]
DepartmentOption = Annotated[list[str] | None, typer.Option("--department", help="Département de la zone ; répétable.")]
RegionOption = Annotated[list[str] | None, typer.Option("--region", help="Région de la zone, en entier ; répétable.")]
FamilyOption = Annotated[
    list[Family] | None, typer.Option("--family", case_sensitive=False, help="Habilitation ; répétable.")
]
SegmentOption = Annotated[
    Segment | None,
    typer.Option(
        parser=segment_of,
        metavar="[" + "|".join(one.name for one in Segment) + "]",
        help="Famille professionnelle, qui donne les réseaux ; déduite de la fonction par défaut.",
    ),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Dernier jour des habilitations (AAAA-MM-JJ) ; six mois par défaut."),
]
ProductOption = Annotated[
    bool, typer.Option("--product-administrator", help="Administre le produit, et ne lit aucune donnée d'entreprise.")
]

CorrespondentOption = Annotated[
    bool, typer.Option("--correspondent", help="Revoit les comptes de son administration, par « /comptes ».")
]


@dataclass(frozen=True)
class Rights:
    """The rights of an account, as typed."""

    administration: Administration
    department: list[str]
    region: list[str]
    family: list[Family]
    until: datetime | None
    product_administrator: bool
    segment: Segment | None
    correspondent: bool


@accounts.command("create")
def create(
    email: Email,
    home: HomeOption,
    name: Annotated[str, typer.Option(help="Prénom et nom.")],
    administration: AdministrationOption,
    fonction: Annotated[str, typer.Option(help="Fonction, par exemple « CRP Bretagne ».")],
    department: DepartmentOption = None,
    region: RegionOption = None,
    family: FamilyOption = None,
    until: UntilOption = None,
    product_administrator: ProductOption = False,
    segment: SegmentOption = None,
    correspondent: CorrespondentOption = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Compte sans mot de passe : seul ProConnect l'ouvre.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Compte fermé dès que les données sont réelles.")] = False,
) -> None:
    """Crée un compte ; le mot de passe est demandé deux fois."""
    with open_application(home):
        from signaux_faibles.web.accounts import opening

        if opening.existing(email):
            raise opening.AccountRefused(f"Le compte « {email} » existe déjà : sf account rights, reset ou enable.")
        if demo:
            _refuse_demo_on_real_data()
        zone = (department or [], region or [])
        typed_rights = Rights(administration, *zone, family or [], until, product_administrator, segment, correspondent)
        person = _person(email, name, fonction, typed_rights)
        account = opening.open_account(person, None if no_password else _new_password(), demo=demo)
        screen.print(f"Compte créé : {account.name}, {account.email}. {_second_factor_of(account)}", markup=False)


@accounts.command("rights")
def rights(
    email: Email,
    home: HomeOption,
    administration: AdministrationOption,
    department: DepartmentOption = None,
    region: RegionOption = None,
    family: FamilyOption = None,
    until: UntilOption = None,
    product_administrator: ProductOption = False,
    segment: SegmentOption = None,
    correspondent: CorrespondentOption = False,
) -> None:
    """Remplace l'administration, la zone et les habilitations d'un compte par celles qui sont données."""
    with open_application(home):
        from signaux_faibles.web.accounts import opening

        account = opening.account_of(email)
        zone = (department or [], region or [])
        typed_rights = Rights(administration, *zone, family or [], until, product_administrator, segment, correspondent)
        opening.give_rights(account, _person(account.email, account.name, account.fonction, typed_rights))
        screen.print(f"Droits de {account.email} remplacés.", markup=False)


@accounts.command("list")
def show(home: HomeOption) -> None:
    """Montre les comptes, leurs droits et leur dernière connexion."""
    with open_application(home):
        from signaux_faibles.web.accounts.models import Account

        table = Table("Compte", "Nom", "Administration", "Zone", "Habilitations", "Dernière connexion", "État")
        for one in Account.objects.order_by("email").prefetch_related("zone", "habilitations"):
            habilitations = [f"{right.family} jusqu'au {day_label(right.until)}" for right in one.habilitations.all()]
            table.add_row(
                one.email,
                one.name,
                f"{Administration[one.administration].value}, {one.fonction}",
                " ".join(sorted(place.departement for place in one.zone.all())),
                "\n".join(sorted(habilitations)),
                day_label(one.last_login.date()) if one.last_login else "jamais",
                one.state,
            )
        screen.print(table)


@accounts.command("disable")
def disable(email: Email, home: HomeOption) -> None:
    """Ferme un compte : ses sessions s'arrêtent à la page suivante."""
    _set_active(home, email, active=False)


@accounts.command("enable")
def enable(email: Email, home: HomeOption) -> None:
    """Rouvre un compte fermé, avec les droits qu'il avait."""
    _set_active(home, email, active=True)


@accounts.command("reset")
def reset(email: Email, home: HomeOption) -> None:
    """Change le mot de passe d'un compte, demandé deux fois ; ses sessions s'arrêtent."""
    with open_application(home):
        from signaux_faibles.web.accounts import opening

        account = opening.account_of(email)
        opening.renew_password(account, _new_password())
        screen.print(f"Mot de passe de {account.email} changé.", markup=False)


@accounts.command("reset-factor")
def reset_factor(email: Email, home: HomeOption) -> None:
    """Oublie l'application et les codes de secours d'un compte : il en enregistre d'autres en se connectant."""
    with open_application(home):
        from signaux_faibles.web.accounts.opening import account_of
        from signaux_faibles.web.accounts.second_factor.codes import reset_second_factor

        account = account_of(email)
        reset_second_factor(account)
        screen.print(f"Second facteur de {account.email} oublié.", markup=False)


@contextmanager
def open_application(home: HomeOption) -> Iterator[None]:
    """Open the application database of a home folder, and say refusals in a sentence."""
    with refusals_as_sentences():
        if not home.is_dir():
            raise RunStopped(f"Le dossier « {home} » n'existe pas.")
        try:
            open_database(Home(home))
        except CannotServe as refused:
            raise RunStopped(str(refused)) from refused
        from django.db import DatabaseError

        from signaux_faibles.web.accounts.opening import AccountRefused

        try:
            yield
        except AccountRefused as refused:
            raise RunStopped(str(refused)) from refused
        except DatabaseError as failure:
            raise RunStopped(f"La base de l'application ne répond pas : {failure}. Rien n'a été changé.") from failure


def _set_active(home: HomeOption, email: str, *, active: bool) -> None:
    with open_application(home):
        from signaux_faibles.web.accounts.opening import account_of, set_active

        account = account_of(email)
        set_active(account, active=active)
        screen.print(f"Compte {account.email} {'rouvert' if active else 'fermé'}.", markup=False)


def _second_factor_of(account: Account) -> str:
    from django.conf import settings

    if account.demo or not settings.SF_SECOND_FACTOR:
        return "Sans second facteur."
    return "À sa première connexion, il enregistre une application de codes (second facteur)."


def _new_password() -> str:
    password: str = typer.prompt("Mot de passe (au moins 12 signes)", hide_input=True)
    if typer.prompt("Le même, encore une fois", hide_input=True) != password:
        raise RunStopped("Les deux mots de passe diffèrent. Rien n'a été changé.")
    return password


def _refuse_demo_on_real_data() -> None:
    from signaux_faibles.snapshot.shelf import NoSnapshot
    from signaux_faibles.web.pinning import demo_open

    try:
        allowed = demo_open()
    except NoSnapshot as missing:
        raise RunStopped(f"{missing} Un compte de démonstration demande des données fictives publiées.") from missing
    if not allowed:
        raise RunStopped("Des données réelles sont publiées : aucun compte de démonstration.")


def _person(email: str, name: str, fonction: str, rights: Rights) -> Person:
    """The person of an account, checked; habilitations end on the day given, or after the usual validity."""
    from django.utils import timezone

    from signaux_faibles.web.accounts import opening

    validity = rights.until.date() - timezone.localdate() if rights.until else opening.VALIDITY
    person = opening.Person(
        email.strip().lower(),
        name,
        rights.administration,
        fonction,
        opening.departments(rights.department, rights.region),
        tuple(rights.family),
        validity,
        rights.product_administrator,
        rights.segment,
        rights.correspondent,
    )
    opening.check_person(person)
    return person
