import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from signaux_faibles.web.append_only_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0003_followed_companies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UrgentMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.PositiveBigIntegerField(verbose_name='dernier événement envoyé')),
                ('news', models.PositiveIntegerField(verbose_name='nouvelles')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='à')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urgent_mails', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        append_only("circulation_urgentmail"),
    ]
