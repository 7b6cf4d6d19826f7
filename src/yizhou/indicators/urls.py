"""Addresses of indicators and reports."""

from django.urls import path, register_converter

from yizhou.indicators import snapshot_views, views
from yizhou.indicators.periods import TermConverter

register_converter(TermConverter, "term")

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.list_indicators, name="list"),
    path("indicators/<slug:code>/", views.view_indicator, name="detail"),
    path("indicators/<slug:code>/rows/", views.open_rows, name="rows"),
    path("indicators/<slug:code>/figure/", views.show_figure, name="figure"),
    path("reports/annual/", views.latest_annual, name="latest"),
    path("reports/freeze/", snapshot_views.freeze_period, name="freeze"),
    path("reports/snapshots/", snapshot_views.list_snapshots, name="snapshots"),
    path("reports/snapshots/<uuid:uid>/", snapshot_views.view_snapshot, name="snapshot"),
    path("reports/snapshots/<uuid:uid>/changes/", snapshot_views.show_changes, name="snapshot_changes"),
    path(
        "reports/snapshots/<uuid:uid>/report.<slug:suffix>",
        snapshot_views.download_snapshot,
        name="snapshot_file",
    ),
    path("reports/<term:term>/", views.view_report, name="report"),
    path("reports/<term:term>/checks/", views.show_checks, name="report_checks"),
    path("reports/<term:term>/tables/", views.show_tables, name="report_tables"),
    path("reports/<term:term>/draft/", snapshot_views.draft_report, name="draft"),
    path("reports/<term:term>/report.<slug:suffix>", views.download_report, name="report_file"),
]
