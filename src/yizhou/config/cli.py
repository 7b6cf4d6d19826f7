"""The ``yizhou`` command (contracts.md §3). Exit codes: 0 done · 1 some rows rejected or a check failed · 2 unusable."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from typing import Any, NoReturn

import click
from click import exceptions

from yizhou.core.facts import FactError
from yizhou.core.refusal import Refused

DONE, FOUND, UNUSABLE = 0, 1, 2
"""Exit codes: all well; rows rejected or a check failed; nothing could be done and nothing was changed."""


def prepare(*, migrate: bool = True) -> None:
    """Start Django and bring the database up to date; every command creates it when absent."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
    # Readings of single characters are all we use; the table of phrases costs half a second of every start.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    import django  # noqa: PLC0415  # --help and mistyped commands need no Django

    django.setup()
    if migrate:
        from yizhou.config.database import bring_up_to_date  # noqa: PLC0415  # needs Django set up

        bring_up_to_date()


def fail(message: str, remedy: str = "") -> NoReturn:
    """Say what cannot be used and end with exit code 2; nothing was changed."""
    click.echo(message + (f"（{remedy}）" if remedy else ""), err=True)
    sys.exit(UNUSABLE)


class Commands(click.Group):
    """Commands live one a module in ``yizhou.config.commands``; what they refuse is said in Chinese."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Names of the modules, with dashes."""
        names = (entry.name for entry in files("yizhou.config.commands").iterdir())
        return sorted(
            n[:-3].rstrip("_").replace("_", "-")
            for n in names
            if n.endswith(".py") and not n.startswith("__")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # click's signature
        """Import the module of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        suffix = "_" if name == "import" else ""
        command = import_module(f"yizhou.config.commands.{name}{suffix}").command
        assert isinstance(command, click.Command)
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and turn what it raises into words and an exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except exceptions.UsageError as error:
            fail(in_chinese(error), "用法见 yizhou --help")
        except exceptions.Abort:
            fail("已中断")
        except (FactError, Refused, OSError) as error:
            fail(explained(error))
        sys.exit(code if isinstance(code, int) else DONE)


def explained(error: FactError | Refused | OSError) -> str:
    """An expected refusal in words; anything else is a fault and keeps its trace."""
    if isinstance(error, Refused):
        return "；".join(f"{b.message}（{b.remedy}）" if b.remedy else b.message for b in error.blockers)
    if isinstance(error, OSError):
        return f"系统不让读写 {error.filename or '文件'}：{error.strerror}"
    return str(error)


def in_chinese(error: exceptions.UsageError) -> str:
    """What is wrong with the words of a command line."""
    if isinstance(error, exceptions.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, exceptions.MissingParameter):
        return f"缺少参数 {error.param.get_error_hint(error.ctx) if error.param and error.ctx else ''}"
    if isinstance(error, exceptions.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return f"参数 {name} 的值不对：{error.message}"
    if error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.partition(' ')[2].removeprefix('such command ').strip(' .')}"
    return f"命令写法不对：{error.message}"


@click.group(cls=Commands)
@click.version_option(package_name="yizhou", prog_name="yizhou", message="%(prog)s %(version)s")
def main() -> None:
    """一轴：退役军人全生命周期服务管理。数据目录由环境变量 YIZHOU_HOME 指定。"""
