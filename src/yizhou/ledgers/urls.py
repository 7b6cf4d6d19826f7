"""Addresses of the ledgers. The rows of a ledger come last: their address begins with any name."""

from django.urls import path

from yizhou.ledgers import browse, views, workbook_views

app_name = "ledgers"
urlpatterns = [
    path("", views.list_ledgers, name="list"),
    path("import/", views.upload_file, name="upload"),
    path("imports/<uuid:uid>/", views.show_batch, name="batch"),
    path("imports/<uuid:uid>/job/", views.show_job, name="job"),
    path("imports/<uuid:uid>/confirm/", views.confirm_import, name="confirm"),
    path("imports/<uuid:uid>/approve/", views.approve_import, name="approve"),
    path("imports/<uuid:uid>/refuse/", views.refuse_import, name="refuse"),
    path("imports/<uuid:uid>/cancel/", views.cancel_import, name="cancel"),
    path("imports/<uuid:uid>/retry/", views.retry_import, name="retry"),
    path("imports/<uuid:uid>/errors/", views.give_errors, name="errors"),
    path("workbooks/", workbook_views.upload_workbook, name="upload_workbook"),
    path("workbooks/<uuid:uid>/", workbook_views.show_workbook, name="workbook"),
    path("workbooks/<uuid:uid>/job/", workbook_views.show_workbook_job, name="workbook_job"),
    path("workbooks/<uuid:uid>/confirm/", workbook_views.confirm_workbook, name="confirm_workbook"),
    path("workbooks/<uuid:uid>/cancel/", workbook_views.cancel_workbook, name="cancel_workbook"),
    path("workbooks/<uuid:uid>/errors/", workbook_views.give_workbook_errors, name="workbook_errors"),
    path("waiting/", browse.list_waiting, name="waiting"),
    path("waiting/<uuid:uid>/discard/", browse.discard_waiting, name="discard"),
    path("voided/<uuid:uid>/restore/", browse.restore_row, name="restore"),
    path("<slug:name>/template/", views.give_template, name="template"),
    path("<slug:name>/export/", views.export_ledger, name="export"),
    path("<slug:name>/", browse.browse_ledger, name="browse"),
    path("<slug:name>/pick/<slug:field>/", browse.pick_row, name="pick"),
    path("<slug:name>/add/", browse.add_row, name="add"),
    path("<slug:name>/voided/", browse.list_voided, name="voided"),
    path("<slug:name>/<uuid:uid>/", browse.show_row, name="row"),
    path("<slug:name>/<uuid:uid>/correct/", browse.correct_row, name="correct"),
    path("<slug:name>/<uuid:uid>/attach/", browse.attach_file, name="attach"),
    path("<slug:name>/<uuid:uid>/void/", browse.void_row, name="void"),
]
