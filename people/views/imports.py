"""Staff from a file, for admins: upload, look, apply."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from people import policy
from people.access import require, visible_or_404
from people.forms.staff import ImportForm
from people.models import Role, School, StaffImport
from people.services import importing
from people.services.csv_files import NotReadable

SHOWN = 200
TEMPLATE = """email,name,school,role,staff_code,grades,subjects
ana.ruiz@district.example,Ana Ruiz,maple,teacher,T-1001,"4, 5","math, science"
ana.ruiz@district.example,Ana Ruiz,maple,coach,T-1001,,
omar.haddad@district.example,Omar Haddad,river,principal,P-2002,,
faye.brandt@district.example,Faye Brandt,,facilitator,F-3003,,
"""


def staff_import(request):
    require(policy.may_run_district(request.user))
    form, troubles = ImportForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept, troubles = importing.keep_file(file.read(), file_name=file.name, by=request.user)
        except NotReadable as why:
            kept = form.add_error("file", str(why))
        if kept:
            return redirect("staff_import_preview", pk=kept.pk)
    past = StaffImport.objects.visible_to(request.user).exclude(applied_at=None).defer("rows")[:5]
    schools = School.objects.visible_to(request.user).open()
    facts = {"form": form, "troubles": troubles, "shown": SHOWN, "schools": schools, "roles": Role, "past": past}
    return render(request, "people/staff_import.html", facts)


def staff_import_template(request):
    require(policy.may_run_district(request.user))
    name = {"Content-Disposition": 'attachment; filename="staff.csv"'}
    return HttpResponse(TEMPLATE, content_type="text/csv; charset=utf-8", headers=name)


def staff_import_preview(request, pk):
    require(policy.may_run_district(request.user))
    kept = visible_or_404(StaffImport, request.user, pk=pk)
    if request.method == "POST":
        try:
            done = importing.apply(kept, looked_at=request.POST.get("looked_at", ""), by=request.user)
        except importing.ChangedMeanwhile as why:
            messages.error(request, str(why))
            return redirect("staff_import_preview", pk=pk)
        said = f"{len(done.new)} added, {len(done.changed)} changed. Next, invite those who are new."
        messages.success(request, said)
        return redirect("staff_list")
    facts = {"kept": kept, "comparison": None if kept.applied_at else importing.look_at(kept), "shown": SHOWN}
    return render(request, "people/staff_import_preview.html", facts)
