import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("seances", "0002_append_only")]

    operations = [
        # A default is given by Python: altering the table would copy it, and SQLite would forget its triggers.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="decision",
                    name="at",
                    field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="à"),
                )
            ],
        ),
    ]
