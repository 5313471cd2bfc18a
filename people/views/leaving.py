"""When somebody leaves, for admins: the last day, and who takes over what is not finished."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import policy
from people.access import require, visible_or_404
from people.forms.staff import HandOverForm, LeaveForm
from people.models import User
from people.registry import unfinished_work
from people.services import accounts
from people.services.posts import LAST_ADMIN


def staff_leave(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and policy.is_last_admin(person):
        form.add_error(None, LAST_ADMIN)
    elif request.method == "POST" and form.is_valid():
        accounts.leave(person, on=form.cleaned_data["on"], by=request.user)
        messages.success(request, f"{person.name} leaves on {person.left_on:%A %-d %B}. Next: what is not finished.")
        return redirect("staff_hand_over", pk=pk)
    return render(request, "people/staff_leave.html", {"form": form, "person": person, "work": unfinished_work(person)})


def staff_hand_over(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    form = HandOverForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        accounts.hand_over(person, to=to, by=request.user)
        messages.success(request, f"{to.name} has what {person.name} had under way. Tell them.")
        return redirect("staff_person", pk=pk)
    facts = {"form": form, "person": person, "work": unfinished_work(person)}
    return render(request, "people/staff_hand_over.html", facts)


@require_POST
def staff_return(request, pk):
    require(policy.may_run_district(request.user))
    person = visible_or_404(User, request.user, pk=pk)
    accounts.bring_back(person, by=request.user)
    messages.success(request, f"{person.name}'s account is open. Next, give them a post.")
    return redirect("staff_person", pk=pk)
