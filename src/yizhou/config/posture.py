"""Which protections are in force, in words for whoever has to sign for them (GB/T 22239; trust.md)."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yizhou.config.home import home
from yizhou.core import clock
from yizhou.orgs.models import Account
from yizhou.orgs.queries import appointments_of

GOOD, CARE, WRONG = "good", "care", "wrong"
MARKS = {GOOD: "✓", CARE: "！", WRONG: "✗"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One line: what, how it stands, whether that is good, to be minded or wrong, and what to do."""

    name: str
    value: str
    state: str = GOOD
    remedy: str = ""

    @property
    def mark(self) -> str:
        """The sign before the line."""
        return MARKS[self.state]


def settings_in_force() -> list[Setting]:
    """All lines, most basic first."""
    return [*_places(), *_transport(), *_sign_in(), *_accounts()]


def _places() -> list[Setting]:
    keys = settings.KEY_FILE
    apart = home() not in Path(keys).parents
    return [
        Setting("数据库", str(settings.DATABASES["default"]["ENGINE"])),
        _private("数据目录权限", home(), 0o700),
        _private("密钥文件权限", Path(keys), 0o600),
        Setting(
            "密钥与数据分开存放",
            "是" if apart else "否",
            GOOD if apart else CARE,
            "" if apart else "正式使用请用 YIZHOU_SECRET_FILE 把密钥放到另一块盘",
        ),
        Setting("调试模式", "开" if settings.DEBUG else "关", WRONG if settings.DEBUG else GOOD),
    ]


def _private(name: str, path: Path, wanted: int) -> Setting:
    mode = stat.S_IMODE(path.stat().st_mode)
    wrong = mode & ~wanted & 0o077
    return Setting(
        name, f"{mode:o}", WRONG if wrong else GOOD, f"执行 chmod {wanted:o} {path}" if wrong else ""
    )


def _transport() -> list[Setting]:
    plain = not settings.HTTPS
    advice = "对外提供服务时把 YIZHOU_BASE_URL 设为 https 地址，由前置代理终结 TLS" if plain else ""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return [
        Setting("对外地址", settings.BASE_URL, CARE if plain else GOOD, advice),
        Setting("Cookie 仅限 HTTPS", "否" if plain else "是", CARE if plain else GOOD),
        Setting("HSTS", f"{settings.SECURE_HSTS_SECONDS} 秒"),
        Setting("内容安全策略", "；".join(f"{name} {' '.join(v)}" for name, v in policy.items())),
    ]


def _sign_in() -> list[Setting]:
    return [
        Setting("密码散列", settings.PASSWORD_HASHERS[0].rpartition(".")[2]),
        Setting("密码规则", "至少 10 位，四类字符至少三类，不得为常见密码或与姓名相近"),
        Setting(
            "登录失败锁定", f"{settings.AXES_FAILURE_LIMIT} 次，{int(settings.AXES_COOLOFF_TIME * 60)} 分钟"
        ),
        Setting("会话最长", f"{settings.SESSION_COOKIE_AGE // 3600} 小时"),
    ]


def _accounts() -> list[Setting]:
    today = clock.today()
    active = list(Account.objects.filter(is_active=True))
    held = [{post.role for post in appointments_of(account, today)} for account in active]
    mixed = sum(1 for roles in held if "SYS_ADMIN" in roles and len(roles) > 1)
    demo = settings.DEMO_FILE.exists()
    return [
        Setting(
            "启用的账号", f"{len(active)} 个，其中系统管理员 {sum('SYS_ADMIN' in roles for roles in held)} 个"
        ),
        Setting(
            "管理员兼任业务角色", f"{mixed} 个", WRONG if mixed else GOOD, "分成两个账号" if mixed else ""
        ),
        Setting(
            "演示账号",
            "有（密码公开在登录页）" if demo else "无",
            CARE if demo else GOOD,
            "正式使用请换一个新的数据目录" if demo else "",
        ),
    ]
