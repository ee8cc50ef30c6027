from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0003_kinds_of_sessions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('READING', 'Lecture'), ('EXPORT', 'Export'), ('UNLOCK', 'Déverrouillage'), ('RIGHTS', 'Changement de droits'), ('WATCHING', 'Vue avec les droits d’un autre'), ('PURPOSE', 'Objet d’une session'), ('IMPORT', 'Reprise')], max_length=20, verbose_name='nature'),
        ),
    ]
