from django.urls import path

from . import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("events/new/", views.event_new, name="event_new"),
    path("events/<int:pk>/", views.event, name="event"),
    path("events/<int:pk>.ics", views.event_ics, name="event_ics"),
    path("events/<int:pk>/answer/", views.event_answer, name="event_answer"),
    path("events/<int:pk>/move/", views.event_move, name="event_move"),
    path("events/<int:pk>/cancel/", views.event_cancel, name="event_cancel"),
    path("events/<int:pk>/people/", views.event_people, name="event_people"),
    path("events/<int:pk>/people/<int:attendance_pk>/off/", views.event_leave, name="event_leave"),
    path("feeds/<str:token>.ics", views.feed, name="feed"),
    path("me/calendar/", views.feed_settings, name="feed_settings"),
    path("me/calendar/new/", views.feed_new, name="feed_new"),
    path("me/calendar/off/", views.feed_off, name="feed_off"),
    path("schools/<int:pk>/periods/", views.periods, name="periods"),
]
