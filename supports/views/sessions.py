"""The catalogue of PD sessions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.access import require, visible_or_404
from people.once import sent_once

from .. import policy, registry
from ..forms import SessionForm, SessionSearch
from ..models import PDSession, SupportType
from ..services import add_session, edit_session, offer_session_again, withdraw_session


def pd_list(request):
    search = SessionSearch(request.GET, by=request.user)
    sessions = PDSession.objects.visible_to(request.user).select_related("leader", "school")
    page = Paginator(search.pick(sessions), 50).get_page(request.GET.get("page"))
    told = registry.said(registry.SESSION_PANELS, [session.pk for session in page], request.user)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(session, told.get(session.pk, [])) for session in page],
        "search": search,
        "query": query.urlencode(),
        "may_add": policy.may_add_session(request.user),
    }
    return render(request, "supports/pd_list.html", context)


def pd_session(request, pk):
    session = visible_or_404(PDSession.objects.select_related("leader", "school"), request.user, pk=pk)
    context = {
        "session": session,
        "told": registry.said(registry.SESSION_PANELS, [session.pk], request.user).get(session.pk, []),
        "follow_ups": SupportType.objects.on_menu().visible_to(request.user).filter(follows_session=True),
        "may_keep": policy.may_keep_session(request.user, session),
    }
    return render(request, "supports/pd_session.html", context)


@sent_once
def pd_add(request):
    require(policy.may_add_session(request.user))
    form = _form(request)
    if form.is_valid():
        session = add_session(by=request.user, **form.cleaned_data)
        messages.success(request, "The session is in the catalogue.")
        return redirect(session)
    return render(request, "supports/pd_form.html", {"form": form})


def pd_edit(request, pk):
    session = visible_or_404(PDSession, request.user, pk=pk)
    require(policy.may_keep_session(request.user, session))
    form = _form(request, instance=session)
    if form.is_valid():
        edit_session(session, by=request.user, **form.cleaned_data)
        messages.success(request, "Your changes are kept.")
        return redirect(session)
    return render(request, "supports/pd_form.html", {"form": form, "session": session})


def _form(request, instance=None):
    names_leader = policy.may_name_leader(request.user)
    return SessionForm(request.POST or None, by=request.user, names_leader=names_leader, instance=instance)


@require_POST
def pd_withdraw(request, pk):
    session = visible_or_404(PDSession, request.user, pk=pk)
    withdraw_session(session, by=request.user)
    messages.success(request, "The session is no longer in the list. Those who follow up on it go on.")
    return redirect(session)


@require_POST
def pd_offer(request, pk):
    session = visible_or_404(PDSession, request.user, pk=pk)
    offer_session_again(session, by=request.user)
    messages.success(request, "The session is in the list again.")
    return redirect(session)
