"""Commands of the application: `python -m signaux_faibles.web demo_accounts`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from signaux_faibles.home.home import write_privately

write_privately()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signaux_faibles.web.settings")
execute_from_command_line(sys.argv)
