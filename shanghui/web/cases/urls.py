"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from shanghui.web.cases import (
    again,
    chambers,
    design,
    drafts,
    election,
    lists,
    opening,
    page,
    papers,
    people,
    plenary,
    posting,
    reshaping,
    steps,
    voters,
)

urlpatterns = [
    path("cases/", lists.cases_page, name="cases"),
    path("cases/new/", opening.case_kinds, name="case-kinds"),
    path("cases/new/<slug:case_kind>/", opening.case_new, name="case-new"),
    path("cases/<int:case>/", page.case, name="case"),
    path("cases/<int:case>/chambers/", chambers.case_chambers, name="case-chambers"),
    path("cases/<int:case>/people/", people.case_people, name="case-people"),
    path("cases/<int:case>/design/", design.case_design, name="case-design"),
    path("cases/<int:case>/election/", election.case_election, name="case-election"),
    path("cases/<int:merger>/organizations/", reshaping.case_organizations, name="case-organizations"),
    path("cases/<int:dissolution>/homes/", reshaping.case_homes, name="case-homes"),
    path("cases/<int:case>/drafts/<slug:draft>/", drafts.case_draft, name="case-draft"),
    path("cases/<int:election>/voters/", voters.case_voters, name="case-voters"),
    path("cases/<int:election>/again/", again.case_again, name="case-again"),
    path("cases/<int:election>/plenary/", plenary.case_plenary, name="case-plenary"),
    path("cases/<int:posting>/posting/", posting.case_posting, name="case-posting"),
    path("cases/<int:case>/papers/", papers.case_papers, name="case-papers"),
    path("cases/<int:case>/papers/<int:case_file>/", papers.case_paper, name="case-paper"),
    path("cases/<int:case>/papers/<int:case_file>/remove/", papers.case_paper_remove, name="case-paper-remove"),
    path("cases/<int:case>/withdraw/", steps.case_withdraw, name="case-withdraw"),
    path("cases/<int:case>/undo/", steps.case_undo, name="case-undo"),
    path("cases/<int:case>/reopen/", steps.case_reopen, name="case-reopen"),
    path("cases/<int:case>/steps/<slug:step>/", steps.case_step, name="case-step"),
    path("cases/<int:case>/steps/<slug:step>/skip/", steps.case_skip, name="case-skip"),
    path("cases/<int:case>/steps/<slug:step>/return/", steps.case_return, name="case-return"),
]
