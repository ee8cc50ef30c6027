from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accompagnements", "0007_contact_of_reference")]

    operations = [
        migrations.AddField(
            model_name="approach",
            name="imported",
            field=models.BooleanField(null=True, verbose_name="repris d’un fichier"),
        ),
    ]
