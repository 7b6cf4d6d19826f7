"""The periods of figures are looked up by these days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('martyrs', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='martyr',
            index=models.Index(fields=['bio_approved_on'], name='martyr_bio'),
        ),
    ]
