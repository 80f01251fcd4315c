"""Addresses of signing in by a code."""

from __future__ import annotations

from django.urls import path

from shanghui.web.signing import codes, member

urlpatterns = [
    path("organizations/<int:organization>/sign-in/", codes.code_sign_in, name="code-sign-in"),
    path("activities/<int:activity>/sign-in/", codes.code_open, name="code-open"),
    path("activities/<int:activity>/sign-in/close/", codes.code_close, name="code-close"),
    path("sign/<str:token>/", member.sign, name="sign"),
    path("sign/<str:token>/wall/", codes.sign_wall, name="sign-wall"),
    path("sign/<str:token>/turnout/", codes.sign_turnout, name="sign-turnout"),
]
