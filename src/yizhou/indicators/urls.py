"""Addresses of indicators and reports."""

from django.urls import path

from yizhou.indicators import snapshot_views, views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.list_indicators, name="list"),
    path("indicators/<slug:code>/", views.view_indicator, name="detail"),
    path("indicators/<slug:code>/rows/", views.open_rows, name="rows"),
    path("indicators/<slug:code>/figure/", views.show_figure, name="figure"),
    path("reports/annual/", views.latest_annual, name="latest"),
    path("reports/annual/<int:year>/", views.view_annual, name="annual"),
    path("reports/annual/<int:year>/checks/", views.show_checks, name="checks"),
    path("reports/annual/<int:year>/tables/", views.show_tables, name="tables"),
    path("reports/annual/<int:year>/annual.<slug:suffix>", views.download_annual, name="annual_file"),
    path("reports/freeze/", snapshot_views.freeze_period, name="freeze"),
    path("reports/snapshots/", snapshot_views.list_snapshots, name="snapshots"),
    path("reports/snapshots/<uuid:uid>/", snapshot_views.view_snapshot, name="snapshot"),
    path("reports/snapshots/<uuid:uid>/changes/", snapshot_views.show_changes, name="snapshot_changes"),
    path(
        "reports/snapshots/<uuid:uid>/report.<slug:suffix>",
        snapshot_views.download_snapshot,
        name="snapshot_file",
    ),
    path("reports/<slug:kind>/<int:year>/<int:part>/", views.view_periodic, name="periodic"),
    path(
        "reports/<slug:kind>/<int:year>/<int:part>/checks/",
        views.show_periodic_checks,
        name="periodic_checks",
    ),
    path(
        "reports/<slug:kind>/<int:year>/<int:part>/report.<slug:suffix>",
        views.download_periodic,
        name="periodic_file",
    ),
]
