"""A timetable from a file: upload, match the words, look, bring in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require, visible_or_404
from people.models import School
from people.once import sent_once
from people.services.csv_files import NotReadable

from .. import policy
from ..forms.timetables import MatchForm, UploadForm
from ..models import TimetableImport
from ..services import timetables as services

SHOWN = 200
TEMPLATE = """teacher,day,period,class,room,subject
ana.ruiz@district.example,Monday,1,Grade 4 B,104,Reading
ana.ruiz@district.example,Monday,2,Grade 4 B,104,Mathematics
omar.haddad@district.example,Monday,2,Grade 4 B,104,Mathematics
T-1002,Tuesday,Lunch,,Cafeteria,Lunch duty
"""


@sent_once
def timetable_import(request):
    schools = School.objects.visible_to(request.user).open()
    schools = schools if request.user.standing.is_admin else schools.filter(pk__in=request.user.standing.offices)
    require(schools.exists())
    start = {"school": request.GET.get("school"), "starts_on": timezone.localdate()}
    several = policy.may_import_timetable(request.user, None)
    form = UploadForm(
        request.POST or None, request.FILES or None, schools=schools, may_bring_several=several, initial=start
    )
    troubles = []
    if request.method == "POST" and form.is_valid():
        kept, troubles = _kept(form, request.user)
        if kept:
            return redirect("timetable_import_match", kept.pk)
    past = TimetableImport.objects.visible_to(request.user).select_related("school").defer("content", "matches")[:5]
    facts = {"form": form, "troubles": troubles, "shown": SHOWN, "several": several, "past": past}
    return render(request, "schedule/timetables/upload.html", facts)


def _kept(form, by):
    given = form.cleaned_data
    file, chosen = given["file"], {"school": given["school"], "starts_on": given["starts_on"]}
    try:
        return services.keep_file(file.read(), file_name=file.name, by=by, **chosen)
    except NotReadable as why:
        form.add_error("file", str(why))
        return None, []


@require_safe
def timetable_import_template(request):
    name = {"Content-Disposition": 'attachment; filename="timetable.csv"'}
    return HttpResponse(TEMPLATE, content_type="text/csv; charset=utf-8", headers=name)


def timetable_import_match(request, pk):
    kept = visible_or_404(TimetableImport.objects.select_related("school"), request.user, pk=pk)
    require(policy.may_import_timetable(request.user, kept.school))
    if kept.applied_at or kept.is_wanted:
        return redirect("timetable_import_preview", pk)
    form = MatchForm(request.POST or None, sections=services.questions(kept))
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_matches(kept, services.matches_from(form.answers), by=request.user)
        except services.ChangedMeanwhile as why:
            messages.error(request, str(why))
        return redirect("timetable_import_preview", pk)
    return render(request, "schedule/timetables/match.html", {"kept": kept, "form": form})


def timetable_import_preview(request, pk):
    kept = visible_or_404(TimetableImport.objects.select_related("school"), request.user, pk=pk)
    require(policy.may_import_timetable(request.user, kept.school))
    if request.method == "POST":
        try:
            services.bring_in(kept, looked_at=request.POST.get("looked_at", "").replace("\0", ""), by=request.user)
        except services.ChangedMeanwhile as why:
            messages.error(request, str(why))
        return redirect("timetable_import_preview", pk)
    done = kept.applied_at or kept.is_wanted
    facts = {"kept": kept, "preview": None if done else services.preview(kept), "shown": SHOWN}
    return render(request, "schedule/timetables/preview.html", facts)
