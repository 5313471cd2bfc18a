"""A principal's answer to a plan; the team reads the same page."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.access import visible_or_404

from ..forms.approvals import ApprovalForm
from ..models import Approval
from ..policy import may_decide, member_of
from ..reads.journey import partnership_for
from ..reads.plans import approval_page, approvals_for
from ..services.approvals import approve, return_plan
from ..services.viewing import plans_were_read
from .posting import REFUSALS, sent


def approval_list(request):
    waiting, decided = approvals_for(request.user)
    works = [approval.partnership for approval in waiting + decided]
    plans_were_read(works, reader=request.user, door="the list of plans")
    return render(request, "partnerships/approval_list.html", {"waiting": waiting, "decided": decided})


def approval(request, pk):
    rows = Approval.objects.select_related("school", "step", "version__made_by", "decided_by")
    approval = visible_or_404(rows, request.user, pk=pk)
    approval.partnership = partnership_for(request.user, approval.partnership_id)
    context = approval_page(approval, request.user)
    plans_were_read([approval.partnership], reader=request.user, door="the page for answering the plan")
    decides = may_decide(request.user, approval)
    form = ApprovalForm(sent(request), sections=context["sections"]) if decides or request.method == "POST" else None
    if form and form.is_valid():
        return decide(request, approval, form, context)
    return show(request, approval, form, context, decides)


def show(request, approval, form, context, decides, refusal=""):
    for section in context["sections"] if form else ():
        section["field"] = form[f"remark_{section['key']}"] if f"remark_{section['key']}" in form.fields else None
    context |= {"form": form, "decides": decides, "refusal": refusal}
    context["is_member"] = member_of(request.user, approval.partnership) is not None
    return render(request, "partnerships/approval.html", context)


def decide(request, approval, form, context):
    answers = {name: form.cleaned_data.get(name, "") for name in ("on_resources", "on_direction")}
    returns = request.POST.get("action") == "return"
    service = return_plan if returns else approve
    try:
        service(approval, by=request.user, remarks=form.cleaned_data["remarks"], **answers)
    except REFUSALS as refusal:
        return show(request, approval, form, context, True, str(refusal))
    thanks = "The plan is back with the team, with your comments." if returns else "The plan is approved."
    messages.success(request, f"{thanks} The team is told.")
    return redirect("approval_list")
