"""How many sensitive fields an account has revealed must be known at once, however long the log is."""

from django.db import migrations

CREATE = "CREATE INDEX event_reveal ON events_event (account_id, at) WHERE kind = 'person.revealed'"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_name_index"), ("events", "0002_append_only")]
    operations = [migrations.RunSQL(CREATE, "DROP INDEX event_reveal")]
