"""The latest conclusion of a station in a programme is found without reading its other checks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
        ('stations', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='stationcheck',
            name='station_check_station',
        ),
        migrations.AddIndex(
            model_name='stationcheck',
            index=models.Index(fields=['station', 'program', 'concluded_on'], name='station_check_station'),
        ),
    ]
