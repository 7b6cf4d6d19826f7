"""Addresses of the printed form and of the form as a workbook."""

from django.urls import path

from yizhou.dossier import views

app_name = "dossier"
urlpatterns = [
    path("<uuid:uid>/print/", views.print_form, name="print"),
    path("workbook/", views.show_workbook, name="workbook"),
    path("workbook/template/", views.give_template, name="template"),
    path("workbook/export/", views.export_workbook, name="export"),
]
