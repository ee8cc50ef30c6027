import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("campagnes", "0003_draw")]

    operations = [
        migrations.AddField(
            model_name="campagne",
            name="imported",
            field=models.BooleanField(default=False, verbose_name="reprise d’un fichier"),
        ),
        migrations.AddConstraint(
            model_name="campagne",
            constraint=models.UniqueConstraint(
                condition=models.Q(("imported", True)),
                fields=("departement", "opened_on", "title"),
                name="campagne_imported_once",
            ),
        ),
        # A default is given by Python: altering the table would copy it, and SQLite would forget its triggers.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="campagneact",
                    name="at",
                    field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="à"),
                )
            ],
        ),
    ]
