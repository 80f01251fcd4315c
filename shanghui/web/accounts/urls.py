"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from shanghui.web.accounts import views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", views.password, name="password"),
    path("my-access/", views.my_access, name="my-access"),
    path("seats/", views.seats, name="seats"),
    path("seats/<int:seat>/end/", views.seat_end, name="seat-end"),
    path("accounts/new/", views.account_new, name="account-new"),
    path("accounts/<int:user>/", views.account, name="account"),
    path("accounts/<int:user>/seats/new/", views.seat_new, name="seat-new"),
    path("accounts/<int:user>/password/", views.account_password, name="account-password"),
    path("accounts/<int:user>/active/", views.account_active, name="account-active"),
]
