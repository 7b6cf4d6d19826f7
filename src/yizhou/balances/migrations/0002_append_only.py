"""Confirmed balances are append-only in the database itself, as the log is: triggers refuse UPDATE and DELETE."""

from django.db import migrations

from yizhou.events.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("balances", "0001_confirmed"), ("events", "0002_append_only")]
    operations = [append_only("stat_balance")]
