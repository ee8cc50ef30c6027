from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestionCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("segment", models.CharField(max_length=7, verbose_name="mois")),
                ("administration", models.CharField(blank=True, max_length=20, verbose_name="administration")),
                ("purpose", models.CharField(blank=True, max_length=20, verbose_name="objet")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="suggestions")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("segment", "administration", "purpose"), name="suggestions_once"
                    )
                ],
            },
        ),
    ]
