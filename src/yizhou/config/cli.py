"""The ``yizhou`` command (contracts.md §3). Exit codes: 0 done · 1 some rows rejected or a check failed · 2 unusable."""

from __future__ import annotations

import os
import sys

import click


def prepare(*, migrate: bool = True) -> None:
    """Start Django and bring the database up to date; every command creates it when absent."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
    import django  # noqa: PLC0415  # the command line must answer --help without a database
    from django.core.management import call_command  # noqa: PLC0415  # as above

    django.setup()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
        from yizhou.config.first_start import seed_facts  # noqa: PLC0415  # needs Django

        seed_facts()


class Commands(click.Group):
    """Commands live one a module in ``yizhou.config.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names of the modules, with dashes."""
        from importlib.resources import files  # noqa: PLC0415  # only for listing

        names = (entry.name for entry in files("yizhou.config.commands").iterdir())
        return sorted(
            n[:-3].rstrip("_").replace("_", "-")
            for n in names
            if n.endswith(".py") and not n.startswith("__")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # click's signature
        """Import the module of that name."""
        from importlib import import_module  # noqa: PLC0415  # commands load what they need, not all of them

        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        suffix = "_" if name in ("import", "template") else ""
        command = import_module(f"yizhou.config.commands.{name}{suffix}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=Commands)
def main() -> None:
    """一轴：退役军人全生命周期服务管理。"""


def fail(message: str, remedy: str = "") -> None:
    """Say what cannot be used and end with exit code 2; nothing was changed."""
    click.echo(message + (f"（{remedy}）" if remedy else ""), err=True)
    sys.exit(2)
