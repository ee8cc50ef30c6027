"""`sf`: the commands of the product."""

from signaux_faibles.cli.app import app

__all__ = ["app"]
