"""Shout-outs: thanking a colleague, and deciding whether others read it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from people.access import visible_or_404
from people.once import sent_once
from people.paging import page_of

from ..forms.shout_outs import ThankForm
from ..models import ShoutOut
from ..policy import may_decide_on_shout_out, may_take_back_shout_out
from ..services.shout_outs import keep_between_us, show_to_all, thank


def shout_out_list(request):
    rows = ShoutOut.objects.visible_to(request.user).select_related("author", "to")
    context = {
        "page": page_of(rows.shown().order_by("-shown_at", "-pk"), request),
        "asked": rows.waiting().filter(to=request.user)[:20],
        "between": rows.filter(shown_at=None).exclude(to=request.user, kept_at=None)[:50],
    }
    return render(request, "growth/shout_out_list.html", context)


@sent_once
def shout_out_new(request):
    form = ThankForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        shout_out = thank(form.cleaned_data["to"], by=request.user, words=form.cleaned_data["words"])
        messages.success(request, f"{shout_out.to} is told, and decides whether others read it.")
        return redirect(shout_out)
    return render(request, "growth/shout_out_form.html", {"form": form})


def shout_out(request, pk):
    thanks = visible_or_404(ShoutOut.objects.select_related("author", "to"), request.user, pk=pk)
    if request.method == "POST":
        return decide(request, thanks)
    decides = may_decide_on_shout_out(request.user, thanks)
    context = {"thanks": thanks, "decides": decides, "may_take_back": may_take_back_shout_out(request.user, thanks)}
    return render(request, "growth/shout_out.html", context)


def decide(request, thanks):
    if "show" in request.POST:
        show_to_all(thanks, by=request.user)
        messages.success(request, "All the staff can read it now. You can take it back at any time.")
    else:
        keep_between_us(thanks, by=request.user)
        messages.success(request, "It stays between the two of you.")
    return redirect(thanks)
