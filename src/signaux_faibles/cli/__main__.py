"""`python -m signaux_faibles.cli`."""

from signaux_faibles.cli.app import app

app()
