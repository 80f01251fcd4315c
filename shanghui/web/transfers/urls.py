"""Addresses of transfers."""

from __future__ import annotations

from django.urls import path

from shanghui.web.transfers import answering, coming, leaving, lists, pages, sending

urlpatterns = [
    path("transfers/", lists.transfers_page, name="transfers"),
    path("transfers/in/", coming.letter_in_new, name="letter-in-new"),
    path("transfers/<int:transfer>/", pages.transfer, name="transfer"),
    path("transfers/<int:transfer>/receive/", answering.transfer_receive, name="transfer-receive"),
    path("transfers/<int:transfer>/return/", answering.transfer_return, name="transfer-return"),
    path("transfers/<int:transfer>/withdraw/", answering.transfer_withdraw, name="transfer-withdraw"),
    path("transfers/<int:transfer>/accept/", coming.transfer_accept, name="transfer-accept"),
    path("transfers/<int:transfer>/slip/", leaving.transfer_slip, name="transfer-slip"),
    path("transfers/<int:transfer>/void/", leaving.transfer_void, name="transfer-void"),
    path("transfers/<int:transfer>/letter/", leaving.transfer_letter, name="transfer-letter"),
    path("people/<int:person>/transfer/", sending.person_transfer, name="person-transfer"),
    path("people/<int:person>/letter/", leaving.person_letter, name="person-letter"),
    path("organizations/<int:organization>/transfer/", sending.organization_transfer, name="organization-transfer"),
]
