"""`sf account reseal`: another key for the secrets of applications of codes."""

from __future__ import annotations

from signaux_faibles.cli.accounts.opening import open_application
from signaux_faibles.cli.options import HomeOption, screen
from signaux_faibles.home.home import Home
from signaux_faibles.web.environment import SEAL_KEY_FILE, Environment
from signaux_faibles.web.serve import new_key, write_keys
from signaux_faibles.wording.french import counted

UNREADABLE = (
    "{} par aucune clé : ces agents se servent d'un code de secours, ou « sf account reset-factor » leur fait "
    "enregistrer une autre application."
)


def reseal(home: HomeOption) -> None:
    """Scelle par une nouvelle clé les secrets des applications de codes, le serveur étant arrêté.

    Avec SF_SEAL_KEY, la nouvelle clé est la première de celles qu'elle donne ; sinon elle est tirée au hasard, et
    remplace celle du dossier une fois que tout est scellé.
    """
    with open_application(home):
        from django.conf import settings

        from signaux_faibles.web.accounts.second_factor.codes import seal_again

        keys: tuple[str, ...] = settings.SF_SEAL_KEYS
        file, kept_in_file = Home(home).root / SEAL_KEY_FILE, not Environment().seal_key
        if kept_in_file:
            keys = (new_key(), *keys)
            write_keys(file, keys)
        sealed, unreadable = seal_again(keys)
        if kept_in_file:
            write_keys(file, keys[:1])
        screen.print(f"Scellé par la nouvelle clé : {counted(sealed, 'secret', 'secrets')}.", markup=False)
        if unreadable:
            screen.print(
                UNREADABLE.format(counted(unreadable, "secret ne s'ouvre", "secrets ne s'ouvrent")), markup=False
            )
