"""Address of the printed form."""

from django.urls import path

from yizhou.dossier import views

app_name = "dossier"
urlpatterns = [path("<uuid:uid>/print/", views.print_form, name="print")]
