"""The periods of figures are looked up by these days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('honours', '0002_ledgers'),
        ('people', '0007_family_members'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='honourarchive',
            index=models.Index(fields=['completed_on'], name='honour_archive_done'),
        ),
    ]
