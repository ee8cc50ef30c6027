"""The application that gunicorn loads."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from signaux_faibles.home.home import write_privately

write_privately()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")

application = get_wsgi_application()
