from typing import Any

from django.db import migrations, models

from signaux_faibles.web.accompagnements.references import seeds


def give_contacts(apps: Any, schema_editor: Any) -> None:
    reference = apps.get_model("accompagnements", "Reference")
    for row in seeds():
        if row["contact"]:
            rows = reference.objects.filter(kind=row["kind"], label=row["label"], contact="")
            rows.update(contact=row["contact"])


class Migration(migrations.Migration):

    dependencies = [("accompagnements", "0006_addressees_and_covers")]

    operations = [
        migrations.AddField(
            model_name="reference",
            name="contact",
            field=models.CharField(blank=True, max_length=200, verbose_name="contact"),
        ),
        migrations.RunPython(give_contacts, migrations.RunPython.noop),
    ]
