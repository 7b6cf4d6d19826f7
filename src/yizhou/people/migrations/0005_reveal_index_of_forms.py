"""Looking at the form of a case counts with looking at fields: one index for both kinds of event."""

from django.db import migrations

DROP = "DROP INDEX event_reveal"
BOTH = (
    "CREATE INDEX event_reveal ON events_event (account_id, at)"
    " WHERE kind IN ('person.revealed', 'case.form_revealed')"
)
FIELDS = "CREATE INDEX event_reveal ON events_event (account_id, at) WHERE kind = 'person.revealed'"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_names_by_area")]
    operations = [migrations.RunSQL([DROP, BOTH], [DROP, FIELDS])]
