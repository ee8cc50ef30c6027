from django.db import migrations

from signaux_faibles.web.append_only_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [("courriers", "0001_initial")]

    operations = [append_only("courriers_template", "courriers_letterstep")]
