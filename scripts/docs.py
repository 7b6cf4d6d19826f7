"""Writes docs/reference from the code and the facts in data/; `--check` only says what is out of date.

Each page is a function; a page whose source does not exist yet is not written.
"""

import argparse
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import django

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TARGET = ROOT / "docs" / "reference"
Page = Callable[[], str]


def read(path: Path) -> dict[str, Any]:
    """One TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cell(value: object) -> str:
    """A value as the text of a table cell."""
    return str(value).replace("|", "\\|").replace("\n", " ")


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def makefile() -> str:
    """The targets of the Makefile with their own one-line help."""
    targets = re.findall(r"^([a-z]+):.*?## (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    return "# make\n\n" + table(
        ["target", "what it does"], [[f"`make {name}`", text] for name, text in targets]
    )


def codes() -> str:
    """Every code table."""
    tables = sorted(
        (read(path) for path in (DATA / "codes").glob("*.toml")), key=lambda one: str(one["table"])
    )
    parts = [f"# 代码表\n\n共 {len(tables)} 张。导入时代码与名称都认，导出写名称。\n"]
    for one in tables:
        basis = f"（{one['standard']}）" if one.get("standard") else ""
        rows = [[code["code"], code["name"], "、".join(code.get("synonyms", []))] for code in one["code"]]
        parts.append(f"## {one['title']} `{one['table']}`{basis}\n\n" + table(["代码", "名称", "也认"], rows))
    return "\n".join(parts)


def ledgers() -> str:
    """Every ledger with its columns."""
    declared = sorted(
        (read(path) for path in (DATA / "ledgers").glob("*.toml")), key=lambda one: int(one["order"])
    )
    parts = [f"# 台账\n\n共 {len(declared)} 本。`yizhou template 台账 -o 文件.xlsx` 给出空白模板。\n"]
    for one in declared:
        rows = [
            [
                column["header"],
                f"`{column['field']}`",
                column["type"],
                "是" if column.get("required") else "",
                "键" if column.get("key") else "",
                column.get("rule", ""),
            ]
            for column in one["column"]
        ]
        head = ["列名", "字段", "类型", "必填", "键", "规则"]
        parts.append(f"## {one['title']} `{one['name']}`\n\n" + table(head, rows))
    return "\n".join(parts)


def indicators() -> str:
    """Every declared indicator with its definition, in the order of the annual report."""
    files = (read(path) for path in (DATA / "indicators").glob("*.toml"))
    declared = sorted((one for file in files for one in file["indicator"]), key=lambda one: int(one["order"]))
    rows: list[list[object]] = [
        [
            f"`{one['code']}`",
            one["name"],
            one["unit"],
            one["definition"],
            "、".join(one.get("computed_from", [])),
        ]
        for one in declared
    ]
    head = ["代码", "名称", "单位", "口径", "取自台账"]
    return f"# 指标\n\n共 {len(rows)} 项；能否算出取决于所列台账是否已启用。\n\n" + table(head, rows)


def features() -> str:
    """Every mechanism of the source texts by ring, what carries it, and what of it is not built yet."""
    names = {entry["code"]: entry["name"] for entry in read(DATA / "dictionaries" / "ring.toml")["entry"]}
    kept = {table["ring"]: table["feature"] for table in map(read, (DATA / "features").glob("*.toml"))}
    every = [one for found in kept.values() for one in found]
    pending = sum("pending" in one for one in every)
    head = ["代码", "机制", "出处", "要求", "台账", "指标", "事项", "页面", "尚未实现"]
    opening = f"源文里的做法共 {len(every)} 项，各由所列台账、指标、事项、页面承载"
    parts = [f"# 工作机制\n\n{opening}；其中 {pending} 项还有没有做的部分，写在末列。\n"]
    for ring, name in names.items():
        rows = [feature_row(one) for one in kept[ring]]
        parts.append(f"## {name}（{len(rows)} 项）\n\n" + table(head, rows))
    return "\n".join(parts)


def feature_row(one: dict[str, Any]) -> list[object]:
    """A mechanism as a row of the table."""
    carriers = [
        "、".join(f"`{name}`" for name in one.get(kind, ()))
        for kind in ("ledgers", "indicators", "items", "pages")
    ]
    return [one["code"], one["name"], one["source"], one["must"], *carriers, one.get("pending", "")]


def command_line() -> str:
    """Help of every command, from the commands themselves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
    from yizhou.config import cli  # noqa: PLC0415 - loads the whole system

    root = cli.main
    assert isinstance(root, click.Group)
    parts = ["# yizhou\n"]
    for path, command in commands(root, "yizhou"):
        context = click.Context(command, info_name=path, terminal_width=96)
        parts.append(f"## {path}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def permissions() -> str:
    """Who may do what, and which permission each address asks for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from yizhou.events.actions import ACTIONS, load_actions  # noqa: PLC0415 - needs Django
    from yizhou.events.web import routes  # noqa: PLC0415 - needs Django

    load_actions(settings.YIZHOU_APPS)
    roles = [(one["code"], one["name"]) for one in read(DATA / "roles.toml")["role"]] + [("SYSTEM", "系统")]
    granted = read(DATA / "permissions.toml")["permission"]
    used = {code for one in granted for code in one["roles"]}
    shown = [(code, name) for code, name in roles if code in used]
    rights: list[list[object]] = [
        [one["label"], f"`{one['code']}`", *("●" if code in one["roles"] else "" for code, _ in shown)]
        for one in granted
    ]
    addresses: list[list[object]] = [
        [
            f"`{route.path}`",
            " ".join(route.methods),
            f"`{route.permission}`" if route.permission else f"公开：{route.public}",
        ]
        for route in routes()
    ]
    verbs: list[list[object]] = sorted(
        [f"`{name.removeprefix('yizhou.')}`", f"`{permission}`"] for name, (permission, _) in ACTIONS.items()
    )
    nobody = "、".join(name for code, name in roles if code not in used)
    return (
        "# 权限\n\n未列出的一律不可以。没有登录的人打开任何非公开地址都转到登录页；没有权限答 403；"
        "范围以外与不存在一样答 404。\n\n## 角色与权限\n\n"
        + table(["权限", "代码", *(name for _, name in shown)], rights)
        + f"\n以下角色目前没有任何权限：{nobody}。\n\n## 地址与权限\n\n"
        + table(["地址", "方法", "权限"], addresses)
        + "\n## 动作与权限\n\n动作自己再核对一次权限，命令行和后台也不例外。\n\n"
        + table(["动作", "权限"], verbs)
    )


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """(full name, command) of every command below a group, in order of their names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        elif command is not None:
            yield f"{path} {name}", command


def pages() -> dict[str, Page]:
    """File name → page, of the pages whose source exists."""
    sources: dict[str, tuple[Path, Page]] = {
        "make.md": (ROOT / "Makefile", makefile),
        "command-line.md": (ROOT / "src/yizhou/config/cli.py", command_line),
        "codes.md": (DATA / "codes", codes),
        "ledgers.md": (DATA / "ledgers", ledgers),
        "indicators.md": (DATA / "indicators", indicators),
        "features.md": (DATA / "features", features),
        "permissions.md": (DATA / "permissions.toml", permissions),
    }
    return {name: page for name, (source, page) in sources.items() if source.exists()}


def rendered() -> dict[str, str]:
    """File name → text of everything under docs/reference."""
    texts = {name: page() for name, page in pages().items()}
    links = "".join(f"- [{text.splitlines()[0].lstrip('# ')}]({name})\n" for name, text in texts.items())
    texts["README.md"] = (
        "# Reference\n\nWritten by `make docs` from the code and `data/`; do not edit.\n\n" + links
    )
    return texts


def outdated() -> list[str]:
    """Names of pages that differ from what code and data say now, and of pages without a source."""
    texts = rendered()
    present = {path.name: path.read_text(encoding="utf-8") for path in TARGET.glob("*.md")}
    return sorted(name for name in texts.keys() | present.keys() if texts.get(name) != present.get(name))


def main() -> int:
    """Write the pages, or with --check name the outdated ones and exit 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    stale = outdated()
    if parser.parse_args().check:
        sys.stdout.write("".join(f"out of date: docs/reference/{name} (run make docs)\n" for name in stale))
        return 1 if stale else 0
    texts = rendered()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in texts:
            (TARGET / name).write_text(texts[name], encoding="utf-8")
        else:
            (TARGET / name).unlink()
    sys.stdout.write(f"docs/reference: {len(texts)} pages, {len(stale)} changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
