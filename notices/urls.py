from django.urls import path

from .views import inbox, letters, mailroom, outbox

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/open/", inbox.notice_open, name="notice_open"),
    path("inbox/<int:pk>/archive/", inbox.notice_archive, name="notice_archive"),
    path("inbox/<int:pk>/back/", inbox.notice_back, name="notice_back"),
    path("me/notices/", inbox.notice_preferences, name="notice_preferences"),
    path("answers/<str:token>/", letters.mail_answer, name="mail_answer"),
    path("unsubscribe/<str:token>/", letters.mail_stop, name="mail_stop"),
    path("district/mail/", mailroom.mailroom, name="mailroom"),
    path("district/mail/test/", mailroom.mailroom_test, name="mailroom_test"),
    path("district/mail/pause/", mailroom.mailroom_pause, name="mailroom_pause"),
    path("district/mail/resume/", mailroom.mailroom_resume, name="mailroom_resume"),
    path("district/mail/again/", mailroom.mailroom_again, name="mailroom_again"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.outbox_mail, name="outbox_mail"),
    path("outbox/<int:pk>/html/", outbox.outbox_html, name="outbox_html"),
    path("outbox/<int:pk>/attachments/<int:number>/", outbox.outbox_attachment, name="outbox_attachment"),
]
