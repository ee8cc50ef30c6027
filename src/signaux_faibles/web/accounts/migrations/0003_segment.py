from typing import Any

from django.db import migrations, models

from signaux_faibles.web.rights.agent import Administration, Segment
from signaux_faibles.web.rights.networks import usual_segment


def give_segments(apps: Any, schema_editor: Any) -> None:
    for account in apps.get_model("accounts", "Account").objects.all():
        account.segment = usual_segment(Administration[account.administration], account.fonction).name
        account.save(update_fields=["segment"])


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_networks")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="segment",
            field=models.CharField(
                choices=[(one.name, one.value) for one in Segment],
                default="OTHER",
                max_length=20,
                verbose_name="famille professionnelle",
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="administration",
            field=models.CharField(
                choices=[(one.name, one.value) for one in Administration],
                max_length=20,
                verbose_name="administration",
            ),
        ),
        migrations.RunPython(give_segments, migrations.RunPython.noop),
    ]
