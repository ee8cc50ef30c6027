from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circulation", "0004_urgent_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="texte")),
                ("by", models.CharField(max_length=80, verbose_name="par")),
                ("until", models.DateField(db_index=True, verbose_name="jusqu'au")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="à")),
            ],
        ),
    ]
