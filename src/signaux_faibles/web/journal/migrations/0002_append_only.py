from django.db import migrations

from signaux_faibles.web.append_only_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [("journal", "0001_initial")]

    operations = [append_only("journal_entry", "journal_seal", "journal_purge", "journal_exposure")]
