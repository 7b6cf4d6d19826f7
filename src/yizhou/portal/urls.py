"""Addresses of the shell."""

from django.urls import path

from yizhou.portal import accounts, views

app_name = "portal"
urlpatterns = [
    path("", views.open_workbench, name="workbench"),
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("post/", views.choose_post, name="choose_post"),
    path("search/", views.search, name="search"),
    path("password/", accounts.change_own_password, name="password"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("accounts/add/", accounts.add_account, name="add_account"),
    path("accounts/<uuid:uid>/", accounts.view_account, name="account"),
    path("accounts/<uuid:uid>/grant/", accounts.grant, name="grant"),
    path("accounts/<uuid:uid>/dismiss/", accounts.dismiss, name="dismiss"),
    path("accounts/<uuid:uid>/disable/", accounts.disable, name="disable"),
    path("accounts/<uuid:uid>/enable/", accounts.enable, name="enable"),
    path("accounts/<uuid:uid>/password/", accounts.issue_password, name="issue_password"),
    path("accounts/<uuid:uid>/token/", accounts.issue_token, name="issue_token"),
    path("accounts/tokens/<uuid:uid>/revoke/", accounts.revoke_token, name="revoke_token"),
    path("health", views.health, name="health"),
]
