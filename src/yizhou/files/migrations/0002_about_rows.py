"""Files about rows of ledgers. SQLite rebuilds the table, which a trigger that speaks of it does not survive: the
people package puts it back (0009)."""

from django.db import migrations, models


def without_trigger(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS files_follow_person")


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(without_trigger, migrations.RunPython.noop),
        migrations.AddField(
            model_name='storedfile',
            name='about',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='台账'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='about_uid',
            field=models.UUIDField(null=True, verbose_name='台账记录'),
        ),
        migrations.AlterField(
            model_name='storedfile',
            name='person_id',
            field=models.BigIntegerField(null=True, verbose_name='服务对象'),
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(condition=models.Q(('about_uid__isnull', False)), fields=['about_uid', 'id'], name='storedfile_row'),
        ),
    ]
