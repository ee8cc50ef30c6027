"""Seal the secrets of applications of codes, which the library that kept them had in clear."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from signaux_faibles.web.accounts.second_factor.sealing import seal

FORMER = "otp_totp_totpdevice"


def seal_former(apps: Any, schema_editor: Any) -> None:
    """Copy the applications of the former table, sealed, then drop it; what it held is overwritten on SQLite."""
    connection = schema_editor.connection
    if FORMER not in connection.introspection.table_names():
        return
    model = apps.get_model("accounts", "CodeApplication")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute(f"SELECT user_id, key, last_t, drift FROM {FORMER} WHERE confirmed ORDER BY id")
        latest = {user: (key, last, drift) for user, key, last, drift in cursor.fetchall()}
        model.objects.bulk_create(
            model(account_id=user, sealed=seal(user, key), last_step=last, drift=drift)
            for user, (key, last, drift) in latest.items()
        )
        cursor.execute(f"DELETE FROM {FORMER}")
        cursor.execute(f"DROP TABLE {FORMER}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_proconnect"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField(verbose_name="secret scellé")),
                ("last_step", models.BigIntegerField(default=-1, verbose_name="dernier pas accepté")),
                ("drift", models.SmallIntegerField(default=0, verbose_name="dérive de l'horloge")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="code_application",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(seal_former, migrations.RunPython.noop),
    ]
