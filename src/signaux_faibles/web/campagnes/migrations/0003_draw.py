import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from signaux_faibles.web.append_only_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('campagnes', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Protocol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                ('text', models.TextField(max_length=20000, verbose_name='ce qui est mesuré, comment, et qui en répond')),
                ('declared_by', models.CharField(max_length=254, verbose_name='déclaré par')),
                ('opened_on', models.DateField(verbose_name='ouvert le')),
                ('closed_on', models.DateField(null=True, verbose_name='clos le')),
            ],
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_number', models.PositiveIntegerField(verbose_name='liste')),
                ('seed', models.CharField(max_length=64, verbose_name='graine')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='à')),
                ('campagne', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw', to='campagnes.campagne')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to=settings.AUTH_USER_MODEL)),
                ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='campagnes.protocol')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DrawnCompany',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('siret', models.CharField(max_length=14, verbose_name='siret')),
                ('level', models.CharField(choices=[('elevee', 'Alerte élevée'), ('moderee', 'Alerte modérée')], max_length=10, verbose_name='niveau lu')),
                ('rank', models.PositiveIntegerField(verbose_name='rang lu')),
                ('position', models.PositiveIntegerField(verbose_name='place tirée')),
                ('called', models.BooleanField(verbose_name='à appeler')),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='companies', to='campagnes.draw')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draw', 'siret'), name='drawn_once')],
            },
        ),
        append_only("campagnes_draw"),
        append_only("campagnes_drawncompany"),
    ]
