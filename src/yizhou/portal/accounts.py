"""Pages of accounts: one's own password, and the administrator's list of accounts and posts."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizhou.core.refusal import Refused
from yizhou.events.web import ActingRequest, permitted
from yizhou.orgs.models import Account
from yizhou.portal import actions
from yizhou.portal.account_pages import (
    account_or_404,
    account_page,
    accounts_page,
    add_page,
    chosen_post,
    password_page,
    posted_post,
    token_or_404,
)


@permitted(actions.CHANGE_OWN)
@require_http_methods(["GET", "POST"])
def change_own_password(request: ActingRequest) -> HttpResponseBase:
    """One's own password; forced before anything else while it is the one that was handed out."""
    account, sent = cast("Account", request.user), request.POST
    if request.method == "GET":
        return render(request, "accounts/password.html", password_page(account))
    try:
        new = actions.typed_twice(sent.get("new", ""), sent.get("again", ""))
        actions.change_own_password(account, sent.get("current", ""), new, actor=request.actor)
    except Refused as refusal:
        return render(
            request, "accounts/password.html", password_page(account, refusal.blockers), status=refusal.status
        )
    update_session_auth_hash(request, account)
    return redirect("portal:workbench")


@permitted(actions.MANAGE)
@require_GET
def list_accounts(request: ActingRequest) -> HttpResponse:
    """Accounts inside the administrator's areas, by name."""
    return render(request, "accounts/list.html", accounts_page(request.actor, request.GET))


@permitted(actions.MANAGE)
@require_http_methods(["GET", "POST"])
def add_account(request: ActingRequest) -> HttpResponse:
    """Make an account; its first password is shown once, on the answer to the form."""
    if request.method == "GET":
        return render(request, "accounts/add.html", add_page({}, request.actor))
    sent = request.POST
    username, name = sent.get("username", "").strip(), sent.get("name", "").strip()
    try:
        issued = actions.open_account(username, name, posted_post(sent), actor=request.actor)
    except Refused as refusal:
        page = add_page(sent, request.actor, refusal.blockers)
        return render(request, "accounts/add.html", page, status=refusal.status)
    return render(request, "accounts/view.html", account_page(issued.account, request.actor, issued.password))


@permitted(actions.MANAGE)
@require_GET
def view_account(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One account with its posts and what can be done with it."""
    return _show(request, account_or_404(uid, request.actor))


@permitted(actions.MANAGE)
@require_POST
def grant(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Give the account a post."""
    account = account_or_404(uid, request.actor)
    try:
        return redirect(actions.grant(account, posted_post(request.POST), actor=request.actor))
    except Refused as refusal:
        return _show(request, account, refusal)


@permitted(actions.MANAGE)
@require_POST
def dismiss(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """End the account's posts in a role."""
    account = account_or_404(uid, request.actor)
    try:
        return redirect(actions.dismiss(account, request.POST.get("role", ""), actor=request.actor))
    except Refused as refusal:
        return _show(request, account, refusal)


@permitted(actions.MANAGE)
@require_POST
def disable(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Switch the account off."""
    account = account_or_404(uid, request.actor)
    try:
        return redirect(actions.disable(account, actor=request.actor))
    except Refused as refusal:
        return _show(request, account, refusal)


@permitted(actions.MANAGE)
@require_POST
def enable(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Switch the account on again."""
    account = account_or_404(uid, request.actor)
    try:
        return redirect(actions.enable(account, actor=request.actor))
    except Refused as refusal:
        return _show(request, account, refusal)


@permitted(actions.MANAGE)
@require_POST
def issue_password(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A new password, shown once."""
    account = account_or_404(uid, request.actor)
    try:
        issued = actions.issue_password(account, actor=request.actor)
    except Refused as refusal:
        return _show(request, account, refusal)
    return render(request, "accounts/view.html", account_page(account, request.actor, issued.password))


@permitted(actions.MANAGE)
@require_POST
def issue_token(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A token for a program that acts in one of the account's posts, shown once."""
    account, sent = account_or_404(uid, request.actor), request.POST
    days = sent.get("days", "")
    try:
        post = chosen_post(account, sent)
        whole = int(days) if days.isdecimal() and len(days) < 5 else 0
        issued = actions.issue_token(post, sent.get("label", ""), whole, actor=request.actor)
    except Refused as refusal:
        return _show(request, account, refusal)
    page = account_page(account, request.actor, token_once=issued.plain)
    return render(request, "accounts/view.html", page)


@permitted(actions.MANAGE)
@require_POST
def revoke_token(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """End a token."""
    token = token_or_404(uid, request.actor)
    try:
        return redirect(actions.revoke_token(token, actor=request.actor))
    except Refused as refusal:
        return _show(request, token.post.account, refusal)


def _show(request: ActingRequest, account: Account, refusal: Refused | None = None) -> HttpResponse:
    page = account_page(account, request.actor, blockers=refusal.blockers if refusal else ())
    return render(request, "accounts/view.html", page, status=refusal.status if refusal else 200)
