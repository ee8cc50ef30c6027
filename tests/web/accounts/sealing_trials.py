"""An installation of before whose secrets are in clear, brought up to date: run on one database, SQLite or PostgreSQL.

Prints a JSON object: what is kept of each account, once unsealed, and whether the former table is still there.
"""
# ruff: noqa: E402 (Django is set up before its models are imported)

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "signaux_faibles.web.settings"
django.setup()

from django.core.management import call_command
from django.db import connection

from signaux_faibles.web.accounts.models import Account, CodeApplication
from signaux_faibles.web.accounts.second_factor.sealing import unseal

FORMER = "otp_totp_totpdevice"
TABLE = f"""
CREATE TABLE {FORMER} (
    id integer PRIMARY KEY, name varchar(64) NOT NULL, confirmed bool NOT NULL, key varchar(80) NOT NULL,
    drift smallint NOT NULL, last_t bigint NOT NULL,
    user_id bigint NOT NULL REFERENCES accounts_account (id) DEFERRABLE INITIALLY DEFERRED
)
"""


def main() -> None:
    """Migrate up to the day before, enrol two accounts as then, one of them twice, then migrate to the end."""
    call_command("migrate", "accounts", "0006_proconnect", verbosity=0)
    people = [
        Account.objects.create(email=f"agent{n}@dreets.example", name=f"Agent {n}", opened_at=datetime.now(UTC))
        for n in range(2)
    ]
    rows = [(1, people[0].pk, "aa" * 20), (2, people[1].pk, "bb" * 20), (3, people[0].pk, "cc" * 20)]
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        for number, owner, key in rows:
            values = [number, True, key, number, owner]
            cursor.execute(f"INSERT INTO {FORMER} VALUES (%s, 'application', %s, %s, 0, %s, %s)", values)
    call_command("migrate", verbosity=0)
    kept = {
        one.account.name: [unseal(one.account_id, one.sealed), one.last_step]
        for one in CodeApplication.objects.select_related("account")
    }
    former = FORMER in connection.introspection.table_names()
    json.dump({"kept": kept, "former table": former}, sys.stdout)


main()
