"""Addresses of developments."""

from __future__ import annotations

from django.urls import path

from shanghui.web.developments import changes, lists, own, two_way

PARTS = {
    "contacts": changes.contacts, "introducers": changes.introducers, "examinations": changes.examinations, "posted": changes.posted,
    "training": changes.training, "leaving": changes.leaving, "approver": changes.approver, "archived": changes.archived,
    "admission": changes.admission, "confirmation": changes.confirmation, "extended": changes.extended,
}

urlpatterns = [
    path("developments/", lists.developments, name="developments"),
    path("developments/two-way/", two_way.leaders, name="two-way-leaders"),
    path("developments/two-way/members/", two_way.members, name="two-way-members"),
    path("wards/", own.wards, name="wards"),
    path("wards/<int:ward>/", own.ward, name="ward"),
    path("my-development/", own.my_development, name="my-development"),
    path("cases/<int:development>/explanation/", changes.explanation, name="development-explanation"),
    path("cases/<int:development>/move/", changes.moving, name="development-move"),
    path("cases/<int:development>/end/<slug:ending>/", changes.ending, name="development-end"),
    path("cases/<int:development>/examinations/<int:examination>/remove/", changes.examination_remove, name="development-examination-remove"),
    *(path(f"cases/<int:development>/{part}/", view, name=f"development-{part}") for part, view in PARTS.items()),
]
