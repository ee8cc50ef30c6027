import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from signaux_faibles.web.append_only_triggers import append_only

MOMENTS = {"approach": "noté à", "comment": "à", "event": "à", "synthesis": "à"}


class Migration(migrations.Migration):

    dependencies = [("accompagnements", "0003_task")]

    operations = [
        # A default is given by Python: altering the tables would copy them, and SQLite would forget their triggers.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name=name,
                    name="at",
                    field=models.DateTimeField(default=django.utils.timezone.now, verbose_name=label),
                )
                for name, label in MOMENTS.items()
            ],
        ),
        migrations.CreateModel(
            name='Imported',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='application')),
                ('key', models.CharField(max_length=100, verbose_name='identifiant')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='à')),
                ('follow_up', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='imported', to='accompagnements.followup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='imported_once')],
            },
        ),
        append_only("accompagnements_imported"),
    ]
