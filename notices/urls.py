from django.urls import path

from . import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/open/", views.notice_open, name="notice_open"),
    path("inbox/<int:pk>/archive/", views.notice_archive, name="notice_archive"),
    path("inbox/<int:pk>/back/", views.notice_back, name="notice_back"),
    path("me/notices/", views.notice_preferences, name="notice_preferences"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.outbox_mail, name="outbox_mail"),
    path("outbox/<int:pk>/html/", views.outbox_html, name="outbox_html"),
    path("outbox/<int:pk>/attachments/<int:number>/", views.outbox_attachment, name="outbox_attachment"),
]
