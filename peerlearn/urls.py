from django.urls import include, path

from . import faults, health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", health.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("", include("people.urls")),
    path("", include("notices.urls")),
    path("", include("schedule.urls")),
    path("", include("supports.urls")),
    path("", include("partnerships.urls")),
    path("", include("observations.urls")),
    path("", include("growth.urls")),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler429 = faults.too_many_tries  # allauth asks for it by this name
handler500 = faults.server_error
