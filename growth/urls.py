from django.urls import path

from .views import bringing, meetings, model, newsletters, report, shout_outs, walks

urlpatterns = [
    path("hours/", report.my_hours, name="my_hours"),
    path("report/", report.report, name="report"),
    path("report/<int:year_pk>.xlsx", report.report_xlsx, name="report_xlsx"),
    path("report/<int:year_pk>.csv", report.report_csv, name="report_csv"),
    path("report/<int:year_pk>/walks.csv", report.report_walks_csv, name="report_walks_csv"),
    path("report/walks/", walks.walks_report, name="walks_report"),
    path("newsletters/", newsletters.newsletter_list, name="newsletter_list"),
    path("newsletters/new/", newsletters.newsletter_new, name="newsletter_new"),
    path("newsletters/<int:pk>/", newsletters.newsletter, name="newsletter"),
    path("newsletters/<int:pk>/edit/", newsletters.newsletter_edit, name="newsletter_edit"),
    path("newsletters/<int:pk>/hold/", newsletters.newsletter_hold, name="newsletter_hold"),
    path("newsletters/<int:pk>/discard/", newsletters.newsletter_discard, name="newsletter_discard"),
    path("shout-outs/", shout_outs.shout_out_list, name="shout_out_list"),
    path("shout-outs/new/", shout_outs.shout_out_new, name="shout_out_new"),
    path("shout-outs/<int:pk>/", shout_outs.shout_out, name="shout_out"),
    path("growth-meetings/", meetings.meeting_list, name="meeting_list"),
    path("growth-meetings/counts/", model.model_counts, name="model_counts"),
    path("growth-meetings/new/<int:pk>/", meetings.meeting_new, name="meeting_new"),
    path("growth-meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("growth-meetings/<int:pk>/bring/", bringing.meeting_bring, name="meeting_bring"),
    path("growth-meetings/<int:pk>/record/", meetings.meeting_record, name="meeting_record"),
    path("growth-meetings/<int:pk>/record/agree/", meetings.meeting_agree, name="meeting_agree"),
    path("growth-meetings/<int:pk>/next-year/", meetings.meeting_decide, name="meeting_decide"),
    path("growth-meetings/brought/<int:pk>/", bringing.brought, name="brought"),
    path("growth-meetings/brought/<int:pk>/file/", bringing.brought_file, name="brought_file"),
    path("growth-meetings/brought/<int:pk>/agree/", bringing.brought_agree, name="brought_agree"),
    path("growth-meetings/brought/<int:pk>/take-back/", bringing.brought_take_back, name="brought_take_back"),
]
