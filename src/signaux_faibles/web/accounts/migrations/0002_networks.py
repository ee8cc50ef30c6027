# Failures are kept for an hour: those of the former model are not moved to the new one.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(name='SignInFailure'),
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(db_index=True, max_length=254, verbose_name='adresse tapée')),
                ('network', models.GenericIPAddressField(db_index=True, verbose_name='réseau du poste')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='à')),
            ],
        ),
        migrations.CreateModel(
            name='FamiliarNetwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.GenericIPAddressField(verbose_name='réseau du poste')),
                ('at', models.DateTimeField(db_index=True, verbose_name='dernière connexion')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='familiar_networks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'network'), name='familiar_once')],
            },
        ),
    ]
