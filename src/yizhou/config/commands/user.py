"""``yizhou user``."""

from __future__ import annotations

import sys
import uuid

import click

from yizhou.config.cli import fail, prepare


@click.group()
def command() -> None:
    """账号与任职：建立、停用、授予或免去角色、列出；接口令牌。"""


@command.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名")
@click.option("--role", required=True, help="角色代码，见 data/roles.toml")
@click.option("--area", default="", help="管辖区划代码；不写为全部区划")
@click.option("--department", default="", help="协同部门代码，见 data/departments.toml")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；不写则生成一次性密码并显示一次")
def add(username: str, name: str, role: str, area: str, *, department: str, password_stdin: bool) -> None:
    """建立账号并任职；首次登录须改密码。"""
    prepare()
    from yizhou.orgs.queries import console_actor
    from yizhou.portal.actions import Post, add_account, one_time_password

    password = sys.stdin.readline().rstrip("\n") if password_stdin else one_time_password()
    add_account(username, name, password, Post(role, _area(area), department), actor=console_actor())
    click.echo(
        f"已建立账号 {username}" + ("" if password_stdin else f"，一次性密码：{password}（首次登录须修改）")
    )


@command.command("disable")
@click.argument("username")
def disable(username: str) -> None:
    """停用账号；已登录的会话下一次请求即失效。"""
    prepare()
    from yizhou.orgs.queries import console_actor
    from yizhou.portal.actions import disable as disable_account
    from yizhou.portal.actions import named

    disable_account(named(username), actor=console_actor())
    click.echo(f"已停用账号 {username}")


@command.command("role")
@click.argument("username")
@click.argument("role")
@click.option("--area", default="", help="管辖区划代码；不写为全部区划")
@click.option("--department", default="", help="协同部门代码")
@click.option("--end", is_flag=True, help="免去这个角色（自今日起）")
def role(username: str, role: str, area: str, *, department: str, end: bool) -> None:
    """给账号授予角色，或用 --end 免去。"""
    prepare()
    from yizhou.orgs.queries import console_actor
    from yizhou.portal.actions import Post, dismiss, grant, named

    account = named(username)
    if end:
        dismiss(account, role, actor=console_actor())
        click.echo(f"已免去 {username} 的 {role}")
        return
    grant(account, Post(role, _area(area), department), actor=console_actor())
    click.echo(f"已授予 {username} 角色 {role}")


@command.command("password")
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码；不写则生成一次性密码并显示一次")
def password(username: str, *, password_stdin: bool) -> None:
    """重设密码；首次登录须改。"""
    prepare()
    from yizhou.orgs.queries import console_actor
    from yizhou.portal.actions import named, one_time_password, reset_password

    new = sys.stdin.readline().rstrip("\n") if password_stdin else one_time_password()
    reset_password(named(username), new, actor=console_actor())
    click.echo(f"已重设 {username} 的密码" + ("" if password_stdin else f"：{new}（首次登录须修改）"))


@command.group("token")
def token() -> None:
    """接口令牌：签发、列出、吊销。"""


@token.command("add")
@click.argument("username")
@click.option("--label", required=True, help="用途：给哪个系统用")
@click.option("--role", default="", help="以哪个角色；只有一个任职时不必写")
@click.option("--days", default=180, show_default=True, help="有效天数")
def add_token(username: str, label: str, role: str, days: int) -> None:
    """签发令牌，只显示这一次；标准输出只有令牌。"""
    prepare()
    from yizhou.core import clock
    from yizhou.orgs.queries import appointments_of, console_actor
    from yizhou.portal.actions import issue_token, named

    posts = [p for p in appointments_of(named(username), clock.today()) if role in ("", p.role)]
    if len(posts) != 1:
        fail(f"{username} 有 {len(posts)} 个这样的在任职务", "用 --role 指明其中一个")
    click.echo(issue_token(posts[0], label, days, actor=console_actor()).plain)


@token.command("list")
@click.argument("username")
def list_tokens(username: str) -> None:
    """列出一个账号的令牌。"""
    prepare()
    from yizhou.core import clock
    from yizhou.orgs.queries import tokens_of
    from yizhou.portal.actions import named

    for one in tokens_of(named(username)):
        click.echo(
            f"{one.uid}  {one.state(clock.today())}  {one.post.role}  至 {one.expires_on}  {one.label}"
        )


@token.command("revoke")
@click.argument("uid", type=click.UUID)
def revoke(uid: uuid.UUID) -> None:
    """吊销令牌，立即失效。"""
    prepare()
    from yizhou.orgs.models import ApiToken
    from yizhou.orgs.queries import console_actor
    from yizhou.portal.actions import revoke_token

    found = ApiToken.objects.filter(uid=uid).select_related("post__account").first()
    if found is None:
        fail(f"没有编号为 {uid} 的令牌", "yizhou user token list 列出令牌")
    revoke_token(found, actor=console_actor())
    click.echo(f"已吊销 {found.label}")


@command.command("list")
def list_() -> None:
    """列出账号、状态和现任职务。"""
    prepare()
    from yizhou.core import clock
    from yizhou.orgs.models import Account
    from yizhou.orgs.queries import appointments_of

    for account in Account.objects.order_by("username"):
        posts = "；".join(f"{p.role} {p.area or '全部'}" for p in appointments_of(account, clock.today()))
        click.echo(
            f"{account.username:<16} {account.name}  {'启用' if account.is_active else '停用'}  {posts}"
        )


def _area(code: str) -> str:
    from yizhou.config.console import known_area

    return known_area(code) if code else ""
