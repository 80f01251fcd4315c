"""Addresses of alliances, pairings, projects, and of an activity's links."""

from __future__ import annotations

from django.urls import path

from shanghui.web.partners import alliances, links, lists, pairings, projects

urlpatterns = [
    path("partners/", lists.partners, name="partners"),
    path("partners/pairings/", lists.pairings, name="pairings"),
    path("partners/projects/", lists.projects, name="projects"),
    path("partners/alliances/new/", alliances.alliance_new, name="alliance-new"),
    path("partners/alliances/<int:alliance>/", alliances.alliance, name="alliance"),
    path("partners/alliances/<int:alliance>/change/", alliances.alliance_change, name="alliance-change"),
    path("partners/alliances/<int:alliance>/end/", alliances.alliance_end, name="alliance-end"),
    path("partners/alliances/<int:alliance>/join/", alliances.alliance_join, name="alliance-join"),
    path("partners/alliances/<int:alliance>/chair/", alliances.alliance_chair, name="alliance-chair"),
    path("partners/alliances/<int:alliance>/members/<int:unit>/leave/", alliances.alliance_leave, name="alliance-leave"),
    path("partners/pairings/new/", pairings.pairing_new, name="pairing-new"),
    path("partners/pairings/<int:pairing>/", pairings.pairing, name="pairing"),
    path("partners/pairings/<int:pairing>/change/", pairings.pairing_change, name="pairing-change"),
    path("partners/pairings/<int:pairing>/end/", pairings.pairing_end, name="pairing-end"),
    path("partners/projects/new/", projects.project_new, name="project-new"),
    path("partners/projects/<int:project>/", projects.project, name="project"),
    path("partners/projects/<int:project>/change/", projects.project_change, name="project-change"),
    path("partners/projects/<int:project>/close/", projects.project_close, name="project-close"),
    path("activities/<int:activity>/links/", links.activity_links, name="activity-links"),
]
