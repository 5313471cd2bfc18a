"""Open doors: the list that staff read, a door, and what its host does with it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import require, visible_or_404
from people.once import sent_once
from people.paging import page_of, query_without_page

from ..forms.doors import DoorForm, DoorSearch
from ..policy import may_change_door
from ..reads.door_pages import door_page, door_rows, host_schools, listed, offer_of, own_doors, rows_of
from ..services.doors import change_door, end_door, open_door, pause_door, resume_door
from .trying import confirm, done, tried, whole_number

TEACHERS = "Teachers open their doors, at the school where they teach."


@require_safe
def door_list(request):
    form = DoorSearch(request.GET or None, by=request.user)
    doors, hours = listed(request.user, **form.asked)
    page = page_of(doors.select_related("host", "school").prefetch_related("times"), request)
    context = {
        "form": form,
        "day": form.asked["day"],
        "narrowed": any(form.asked.values()),
        "page": page,
        "query": query_without_page(request),
        "rows": rows_of(page.object_list, request.user, hours=hours),
        "mine": rows_of(own_doors(request.user), request.user),
        "may_open": bool(host_schools(request.user)),
    }
    return render(request, "observations/door_list.html", context)


@sent_once
def door_new(request):
    schools = host_schools(request.user)
    require(schools, TEACHERS)
    asked = whole_number(request.GET.get("school", ""))
    school = next((one for one in schools if one.pk == asked), schools[0])
    form = DoorForm(request.POST or None, offer=offer_of(request.user, school))
    made = []
    if done(form, lambda given: made.append(open_door(by=request.user, school=school, **form.facts))):
        messages.success(
            request, "Your door is open. It stands on the list, and you can pause or close it at any time."
        )
        return redirect(made[0])
    others = [one for one in schools if one != school]
    return render(request, "observations/door_form.html", {"form": form, "school": school, "others": others})


@require_safe
def door(request, pk):
    door = visible_or_404(door_rows(), request.user, pk=pk)
    return render(request, "observations/door.html", door_page(door, request.user))


def own_door(request, pk):
    door = visible_or_404(door_rows(), request.user, pk=pk)
    require(may_change_door(request.user, door), "Only the host changes an open door, until it is closed.")
    return door


def door_edit(request, pk):
    door = own_door(request, pk)
    form = DoorForm(request.POST or None, offer=offer_of(request.user, door.school), door=door)
    if done(form, lambda given: change_door(door, by=request.user, **form.facts)):
        messages.success(request, "Your changes are saved.")
        return redirect(door)
    return render(request, "observations/door_form.html", {"form": form, "school": door.school, "door": door})


@require_POST
def door_pause(request, pk):
    door = own_door(request, pk)
    tried(request, lambda: pause_door(door, by=request.user), "Your door is off the list until you open it again.")
    return redirect(door)


@require_POST
def door_resume(request, pk):
    door = own_door(request, pk)
    tried(request, lambda: resume_door(door, by=request.user), "Your door is open again.")
    return redirect(door)


def door_end(request, pk):
    door = own_door(request, pk)
    return confirm(
        request,
        lambda: end_door(door, by=request.user),
        said="Your door is closed. Thank you for having it open.",
        title="Close this door?",
        text="It leaves the list for good. A visit that is arranged already stands: say no on its page.",
        button="Close it",
        back=door.get_absolute_url(),
        to=reverse("door_list"),
    )
