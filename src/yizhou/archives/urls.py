"""Addresses of archives."""

from django.urls import path

from yizhou.archives import views

app_name = "archives"
urlpatterns = [
    path("", views.list_archives, name="list"),
    path("open/<uuid:uid>/", views.open_archive, name="open"),
    path("<uuid:uid>/", views.view_archive, name="archive"),
    path("<uuid:uid>/catalogue/", views.print_catalogue, name="catalogue"),
    path("<uuid:uid>/shelve/", views.shelve_archive, name="shelve"),
    path("<uuid:uid>/items/", views.add_item, name="add_item"),
    path("<uuid:uid>/judge/", views.judge_archive, name="judge"),
    path("<uuid:uid>/verify/", views.verify_archive, name="verify"),
    path("<uuid:uid>/papers/", views.file_papers, name="file_papers"),
    path("<uuid:uid>/ask/", views.ask_outing, name="ask"),
    path("items/<uuid:uid>/", views.view_item, name="item"),
    path("items/<uuid:uid>/correct/", views.correct_item, name="correct_item"),
    path("items/<uuid:uid>/remove/", views.remove_item, name="remove_item"),
    path("items/<uuid:uid>/pages/", views.add_pages, name="add_pages"),
    path("pages/<uuid:uid>/look/", views.look_at_page, name="look"),
    path("pages/<uuid:uid>/replace/", views.replace_page, name="replace"),
    path("outings/<uuid:uid>/decide/", views.decide_outing, name="decide"),
    path("outings/<uuid:uid>/withdraw/", views.withdraw_outing, name="withdraw"),
    path("outings/<uuid:uid>/hand-over/", views.hand_over_outing, name="hand_over"),
    path("outings/<uuid:uid>/sign/", views.sign_outing, name="sign"),
    path("outings/<uuid:uid>/close/", views.close_outing, name="close"),
]
