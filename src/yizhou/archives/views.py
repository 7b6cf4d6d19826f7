"""Doors to archives: parse, permit, call, render."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yizhou.archives import actions
from yizhou.archives.forms import arrival_of, line_of, wish_of
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage, Outing
from yizhou.archives.queries.listing import list_page
from yizhou.archives.queries.page import archive_page, catalogue_page, found_or_404, item_page
from yizhou.events.web import ActingRequest, permitted
from yizhou.files.uploads import upload_of
from yizhou.people.queries.page import person_or_404


@permitted("archives.list_archives")
@require_GET
def list_archives(request: ActingRequest) -> HttpResponse:
    """One page of the archives in scope."""
    return render(request, "archives/list.html", list_page(request.GET.dict(), request.actor))


@permitted("archives.view_archive")
@require_GET
def view_archive(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One archive: its catalogue, what is missing, who has it."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    return render(request, "archives/archive.html", archive_page(archive, request.actor))


@permitted("archives.view_archive")
@require_GET
def print_catalogue(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """卷内目录, ready to print."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    return render(request, "archives/catalogue.html", catalogue_page(archive, request.actor))


@permitted("archives.view_archive")
@require_GET
def view_item(request: ActingRequest, uid: uuid.UUID) -> HttpResponse:
    """One material with its pages."""
    item = found_or_404(ArchiveItem.objects.select_related("archive__person"), uid, request.actor)
    return render(request, "archives/item.html", item_page(item, request.actor))


@permitted("archives.open_archive")
@require_POST
def open_archive(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The person's paper is there."""
    person = person_or_404(uid, request.actor)
    return redirect(actions.open_archive(person, arrival_of(request.POST.dict()), actor=request.actor))


@permitted("archives.shelve_archive")
@require_POST
def shelve_archive(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The paper lies elsewhere now."""
    archive = found_or_404(Archive.objects, uid, request.actor)
    return redirect(actions.shelve_archive(archive, request.POST.get("shelf", ""), actor=request.actor))


@permitted("archives.add_item")
@require_POST
def add_item(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One more line of the catalogue."""
    archive = found_or_404(Archive.objects, uid, request.actor)
    item = actions.add_item(archive, line_of(request.POST.dict()), actor=request.actor)
    return redirect("archives:item", item.uid)


@permitted("archives.correct_item")
@require_POST
def correct_item(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Change a line."""
    item = found_or_404(ArchiveItem.objects, uid, request.actor)
    reason, line = request.POST.get("reason", ""), line_of(request.POST.dict())
    actions.correct_item(item, line, reason, actor=request.actor)
    return redirect("archives:item", item.uid)


@permitted("archives.remove_item")
@require_POST
def remove_item(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take a line out."""
    item = found_or_404(ArchiveItem.objects, uid, request.actor)
    return redirect(actions.remove_item(item, request.POST.get("reason", ""), actor=request.actor))


@permitted("archives.add_pages")
@require_POST
def add_pages(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Scanned pages, several at once."""
    item = found_or_404(ArchiveItem.objects.select_related("archive__person"), uid, request.actor)
    actions.add_pages(item, request.FILES.getlist("file"), actor=request.actor)
    return redirect("archives:item", item.uid)


@permitted("archives.replace_page")
@require_POST
def replace_page(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A better scan of a page."""
    page = found_or_404(ArchivePage.objects.select_related("item__archive__person"), uid, request.actor)
    reason = request.POST.get("reason", "")
    item = actions.replace_page(page, upload_of(request.FILES), reason, actor=request.actor)
    return redirect("archives:item", item.uid)


@permitted("archives.look_at_page")
@require_POST
def look_at_page(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A page on screen: a POST, because it is logged with its purpose."""
    page = found_or_404(
        ArchivePage.objects.select_related("item__archive__person", "file"), uid, request.actor
    )
    purpose, note = request.POST.get("purpose", ""), request.POST.get("note", "")
    path = actions.look_at_page(page, purpose, note, actor=request.actor)
    name = f"{page.item.title}-{page.position}{page.file.suffix}"
    kind = page.file.media_type
    is_file = not kind.startswith("image/")
    return FileResponse(path.open("rb"), as_attachment=is_file, filename=name, content_type=kind)


@permitted("archives.judge_archive")
@require_POST
def judge_archive(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Write to the person's file whether the archive is complete."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    return redirect(actions.judge_archive(archive, actor=request.actor))


@permitted("archives.verify_archive")
@require_POST
def verify_archive(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Whether every page is what was stored."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    return redirect(actions.verify_archive(archive, actor=request.actor))


@permitted("archives.file_papers")
@require_POST
def file_papers(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take scans of closed cases into the catalogue."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    return redirect(actions.file_papers(archive, request.POST.getlist("papers"), actor=request.actor))


@permitted("archives.ask_outing")
@require_POST
def ask_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Ask for the paper."""
    archive = found_or_404(Archive.objects.select_related("person"), uid, request.actor)
    actions.ask_outing(archive, wish_of(request.POST.dict()), actor=request.actor)
    return redirect(archive)


@permitted("archives.decide_outing")
@require_POST
def decide_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Approve a request, or not."""
    outing, sent = _outing(uid, request), request.POST
    approve = sent.get("answer") == "yes"
    actions.decide_outing(outing, approve=approve, note=sent.get("note", ""), actor=request.actor)
    return redirect(outing.archive)


@permitted("archives.withdraw_outing")
@require_POST
def withdraw_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Take a request back."""
    return redirect(actions.withdraw_outing(_outing(uid, request), actor=request.actor).archive)


@permitted("archives.hand_over_outing")
@require_POST
def hand_over_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The paper leaves."""
    outing, sent = _outing(uid, request), request.POST
    actions.hand_over_outing(
        outing, seal_no=sent.get("seal_no", ""), way=sent.get("sent_by", ""), actor=request.actor
    )
    return redirect(outing.archive)


@permitted("archives.sign_outing")
@require_POST
def sign_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Whoever received the paper says so."""
    return redirect(actions.sign_outing(_outing(uid, request), actor=request.actor).archive)


@permitted("archives.close_outing")
@require_POST
def close_outing(request: ActingRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The paper is back, or was received."""
    outing = _outing(uid, request)
    actions.close_outing(outing, note=request.POST.get("note", ""), actor=request.actor)
    return redirect(outing.archive)


def _outing(uid: uuid.UUID, request: ActingRequest) -> Outing:
    found: Outing = found_or_404(Outing.objects.select_related("archive__person"), uid, request.actor)
    return found
