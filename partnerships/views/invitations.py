"""Asking colleagues, and answering them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import visible_or_404

from ..forms.people import AnswerForm
from ..models import Member
from ..policy import may_answer_invitation
from ..reads.journey import Journey, partnership_for, plan_of
from ..reads.page import taking_part
from ..services.members import accept, decline, take_back_invitation
from .posting import REFUSALS, sent, tell


def invitation(request, member_pk):
    asked = Member.objects.filter(person=request.user).select_related("invited_by", "partnership")
    member = visible_or_404(asked, request.user, pk=member_pk)
    form = AnswerForm(sent(request))
    if form.is_valid():
        return answer(request, member, form.cleaned_data["level"])
    return show(request, member, form)


def show(request, member, form):
    partnership = member.partnership
    if member.state in (Member.State.INVITED, Member.State.ACTIVE):
        partnership = partnership_for(request.user, member.partnership_id)
    context = {
        "member": member,
        "partnership": partnership,
        "form": form,
        "is_open": may_answer_invitation(request.user, member),
        "members": taking_part(partnership),
        "plan": plan_of(partnership),
        "journey": Journey(partnership, request.user),
    }
    return render(request, "partnerships/invitation.html", context)


def answer(request, member, level):
    says_yes = request.POST.get("action") == "accept"
    try:
        if says_yes:
            accept(member, by=request.user, level=level)
        else:
            decline(member, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
        return redirect("invitation", member.pk)
    if says_yes:
        messages.success(request, "You take part. Here is where you are, and what is next.")
        return redirect(member.partnership)
    messages.info(request, f"You have said no. {member.invited_by or 'Your colleague'} is told.")
    return redirect("partnership_list")


@require_POST
def invitation_take_back(request, member_pk):
    member = visible_or_404(Member.objects.select_related("person"), request.user, pk=member_pk)
    try:
        take_back_invitation(member, by=request.user)
    except REFUSALS as refusal:
        tell(request, refusal)
    else:
        messages.success(request, f"{member.person} is no longer asked.")
    return redirect("partnership_manage", member.partnership_id)
