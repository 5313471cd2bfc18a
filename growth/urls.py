from django.urls import path

from . import views

urlpatterns = [
    path("hours/", views.my_hours, name="my_hours"),
    path("report/", views.report, name="report"),
    path("report/<int:year_pk>.xlsx", views.report_xlsx, name="report_xlsx"),
    path("report/<int:year_pk>.csv", views.report_csv, name="report_csv"),
]
