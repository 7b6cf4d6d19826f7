"""A voided row keeps the person with whom it lay; those of ledgers with areas of their own lay with nobody."""

from django.db import migrations, models

LAY_BY_THEMSELVES = (
    "UPDATE ledgers_voidedrow SET person_id = NULL WHERE ledger IN ('resettlement_people', 'media_assets')"
)


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0003_waiting_rows")]
    operations = [
        migrations.RunSQL(LAY_BY_THEMSELVES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="voidedrow",
            index=models.Index(
                condition=models.Q(("person_id__isnull", False)), fields=["person_id"], name="voided_person"
            ),
        ),
    ]
