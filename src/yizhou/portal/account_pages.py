"""What the account pages show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.core.scope import within
from yizhou.orgs.models import Account, ApiToken, Appointment
from yizhou.orgs.permissions import roles
from yizhou.orgs.queries import appointments_of, tokens_of
from yizhou.portal.actions import TOKEN_DAYS, Post, blockers_to_manage, departments
from yizhou.portal.context import post_label

SIZE = 50


def accounts_of(actor: Actor) -> QuerySet[Account]:
    """Accounts with a post inside the administrator's areas, past posts included."""
    inside = Appointment.objects.filter(within("area", actor.areas))
    return Account.objects.filter(pk__in=inside.values("account_id"))


def account_or_404(uid: uuid.UUID, actor: Actor) -> Account:
    """The account; absent and out of area are the same ``Http404``."""
    found = accounts_of(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def chosen_post(account: Account, sent: Mapping[str, str]) -> Appointment:
    """The post of the account that a form names. Raises ``Refused``."""
    found = {str(post.uid): post for post in appointments_of(account, clock.today())}
    if sent.get("post", "") not in found:
        raise Refused([Blocker("NO_POST", "没有选任职", "选一项在任的职务")])
    return found[sent["post"]]


def token_or_404(uid: uuid.UUID, actor: Actor) -> ApiToken:
    """The token of an account in sight. Raises ``Http404``."""
    tokens = ApiToken.objects.filter(post__account__in=accounts_of(actor)).select_related("post__account")
    found = tokens.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def accounts_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of accounts by login name; ``after`` is the last name of the page before."""
    rows = accounts_of(actor).order_by("username")
    q = query.get("find", "").strip()
    if q:
        rows = rows.filter(username__startswith=q) | rows.filter(name__startswith=q)
    after = query.get("after", "")
    found = list(rows.filter(username__gt=after)[: SIZE + 1])
    shown, more = found[:SIZE], len(found) > SIZE
    following = urlencode({"find": q, "after": shown[-1].username}) if more else ""
    return {
        "find": q,
        "rows": [_line(account) for account in shown],
        "next_url": f"{reverse('portal:accounts')}?{following}" if following else "",
    }


def _line(account: Account) -> list[Any]:
    posts = appointments_of(account, clock.today())
    state = {"text": "启用", "state": "ok"} if account.is_active else {"text": "停用", "state": "late"}
    return [
        {"text": account.username, "url": account.get_absolute_url()},
        account.name,
        "；".join(post_label(post) for post in posts) or "—",
        {"text": "", "tags": [state]},
    ]


def account_page(
    account: Account,
    actor: Actor,
    shown_once: str = "",
    blockers: Sequence[Blocker] = (),
    token_once: str = "",
) -> dict[str, Any]:
    """One account: its posts and tokens, the forms for what can be done, and a password or a token just made."""
    account.refresh_from_db()
    today = clock.today()
    current = appointments_of(account, today)
    return {
        "account": account,
        "shown_once": shown_once,
        "errors": _summary(blockers),
        "posts": [
            [post_label(post), post.since.isoformat(), post.until.isoformat() if post.until else "至今"]
            for post in Appointment.objects.filter(account=account).order_by("-since", "-id")
        ],
        "token_once": token_once,
        "token_days": TOKEN_DAYS,
        "token_posts": [[str(post.uid), post_label(post)] for post in current],
        "tokens": [_token(token, today) for token in tokens_of(account)],
        "held": [[code, roles()[code].name] for code in dict.fromkeys(post.role for post in current)],
        "own": bool(blockers_to_manage(account, actor)),
        **_choices(actor),
    }


def _token(token: ApiToken, today: dt.date) -> dict[str, str]:
    """A token as the page lists it; what can no longer be used has no way to end it."""
    state = token.state(today)
    used = clock.minute_of(token.used_at) if token.used_at else "从未"
    return {
        "title": token.label,
        "note": f"{post_label(token.post)} · {state} · 至 {token.expires_on} · 最近使用 {used}",
        "revoke_url": "" if token.revoked_at else reverse("portal:revoke_token", args=[token.uid]),
    }


def add_page(sent: Mapping[str, str], actor: Actor, blockers: Sequence[Blocker] = ()) -> dict[str, Any]:
    """The form of a new account."""
    names = ("username", "name", "role", "area", "department")
    return {
        "sent": {name: sent.get(name, "") for name in names},
        "errors": _summary(blockers),
        **_choices(actor),
    }


def password_page(account: Account, blockers: Sequence[Blocker] = ()) -> dict[str, Any]:
    """The form of one's own password."""
    return {"forced": account.must_change_password, "errors": _summary(blockers)}


def posted_post(sent: Mapping[str, str]) -> Post:
    """The post of a form."""
    return Post(sent.get("role", ""), sent.get("area", "").strip(), sent.get("department", ""))


def _choices(actor: Actor) -> dict[str, Any]:
    return {
        "roles": [[role.code, role.name] for role in roles().values()],
        "departments": list(departments().items()),
        "whole": "" in actor.areas,
    }


def _summary(blockers: Sequence[Blocker]) -> list[dict[str, str]]:
    return [{"name": "", "label": "", "message": f"{b.message}。{b.remedy}"} for b in blockers]
