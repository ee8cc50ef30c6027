"""The application that gunicorn loads."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from signaux_faibles.home.home import write_privately
from signaux_faibles.web.environment import Environment
from signaux_faibles.web.readied import make_ready
from signaux_faibles.web.safety import unsafe_settings

write_privately()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")

if refusal := unsafe_settings(Environment()):
    raise ImproperlyConfigured(refusal)
application = get_wsgi_application()
make_ready()
