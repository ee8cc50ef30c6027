from typing import Any

from django.db import migrations

from signaux_faibles.web.accompagnements.references import seeds
from signaux_faibles.web.append_only_triggers import append_only


def seed(apps: Any, schema_editor: Any) -> None:
    reference = apps.get_model("accompagnements", "Reference")
    known = {field.name for field in reference._meta.get_fields()}
    rows = ({name: value for name, value in row.items() if name in known} for row in seeds())
    reference.objects.bulk_create(reference(**row) for row in rows)


class Migration(migrations.Migration):

    dependencies = [("accompagnements", "0001_initial")]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        append_only(
            "accompagnements_event",
            "accompagnements_synthesis",
            "accompagnements_comment",
            "accompagnements_approach",
        ),
    ]
