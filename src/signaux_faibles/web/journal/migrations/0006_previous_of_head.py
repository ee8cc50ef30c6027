from django.db import migrations, models

from signaux_faibles.web.journal.chain import GENESIS


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0005_suggestions"),
    ]

    operations = [
        migrations.AddField(
            model_name="head",
            name="previous",
            field=models.CharField(default=GENESIS, max_length=64),
        ),
    ]
