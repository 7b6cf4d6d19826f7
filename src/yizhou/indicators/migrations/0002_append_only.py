"""Snapshots are append-only in the database itself, as the log is: triggers refuse UPDATE and DELETE."""

from django.db import migrations

from yizhou.events.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_snapshots"), ("events", "0002_append_only")]
    operations = [append_only("stat_snapshot", "stat_snapshot_rows", "stat_snapshot_part")]
