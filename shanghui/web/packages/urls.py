"""Addresses of packages."""

from django.urls import path

from shanghui.web.packages import partners, received, sent

urlpatterns = [
    path("packages/", sent.submissions_list, name="submissions"),
    path("packages/new/", sent.submission_new, name="submission-new"),
    path("packages/receipt/", sent.receipt_new, name="receipt-new"),
    path("packages/<int:submission>/", sent.submission, name="submission"),
    path("packages/<int:submission>/check/", sent.submission_check, name="submission-check"),
    path("packages/<int:submission>/send/", sent.submission_send, name="submission-send"),
    path("packages/<int:submission>/drop/", sent.submission_drop, name="submission-drop"),
    path("packages/<int:submission>/download/", sent.submission_download, name="submission-download"),
    path("packages/received/", received.received_list, name="received"),
    path("packages/received/new/", received.received_new, name="received-new"),
    path("packages/received/<int:received>/", received.received_package, name="received-package"),
    path("packages/received/<int:received>/accept/", received.received_accept, name="received-accept"),
    path("packages/received/<int:received>/return/", received.received_return, name="received-return"),
    path("packages/received/<int:received>/receipt/", received.received_receipt, name="received-receipt"),
    path("packages/received/<int:received>/figures/<str:code>/", received.received_figure, name="received-figure"),
    path("packages/partners/", partners.correspondents_list, name="correspondents"),
    path("packages/partners/new/", partners.correspondent_new, name="correspondent-new"),
    path("packages/partners/card/", partners.card_download, name="exchange-card"),
    path("packages/partners/<int:correspondent>/retire/", partners.correspondent_retire, name="correspondent-retire"),
]
