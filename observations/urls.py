from django.urls import path

from .views import arranging, coverage, desk, notes, walks

urlpatterns = [
    path("walks/", walks.walk_list, name="walk_list"),
    path("walks/new/", walks.walk_new, name="walk_new"),
    path("walks/<int:pk>/", walks.walk, name="walk"),
    path("walks/<int:pk>/join/", walks.walk_join, name="walk_join"),
    path("walks/<int:pk>/leave/", walks.walk_leave, name="walk_leave"),
    path("walks/<int:pk>/notes/", notes.walk_notes, name="walk_notes"),
    path("walks/<int:pk>/notes/publish/", notes.walk_notes_publish, name="walk_notes_publish"),
    path("walks/<int:pk>/visits/<int:visit_pk>/note/", notes.walk_note, name="walk_note"),
    path("walks/<int:pk>/arrange/", arranging.walk_arrange, name="walk_arrange"),
    path("walks/<int:pk>/change/", arranging.walk_change, name="walk_change"),
    path("walks/<int:pk>/people/add/", arranging.walk_person_add, name="walk_person_add"),
    path("walks/<int:pk>/people/<int:place_pk>/remove/", arranging.walk_person_remove, name="walk_person_remove"),
    path("walks/<int:pk>/visits/add/", arranging.walk_visit_add, name="walk_visit_add"),
    path("walks/<int:pk>/visits/<int:visit_pk>/remove/", arranging.walk_visit_remove, name="walk_visit_remove"),
    path("walks/<int:pk>/talks/<slug:kind>/", arranging.walk_talk, name="walk_talk"),
    path("walks/<int:pk>/publish/", arranging.walk_publish, name="walk_publish"),
    path("walks/<int:pk>/cancel/", arranging.walk_cancel, name="walk_cancel"),
    path("walks/<int:pk>/close/", arranging.walk_close, name="walk_close"),
    path("coverage/", coverage.coverage_list, name="coverage_list"),
    path("coverage/ask/", coverage.coverage_ask, name="coverage_ask"),
    path("coverage/day/", desk.coverage_day, name="coverage_day"),
    path("coverage/<int:pk>/", coverage.coverage, name="coverage"),
    path("coverage/<int:pk>/approve/", desk.coverage_approve, name="coverage_approve"),
    path("coverage/<int:pk>/return/", desk.coverage_return, name="coverage_return"),
    path("coverage/<int:pk>/name/", desk.coverage_name, name="coverage_name"),
    path("coverage/<int:pk>/again/", coverage.coverage_again, name="coverage_again"),
    path("coverage/<int:pk>/withdraw/", coverage.coverage_withdraw, name="coverage_withdraw"),
]
