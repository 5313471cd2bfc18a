"""The menu that everyone browses."""

from django.shortcuts import render

from people.access import visible_or_404

from .. import picture, policy, registry
from ..forms import MenuSearch
from ..models import PDSession, Resource, SupportType


def menu(request):
    supports = list(SupportType.objects.on_menu().visible_to(request.user))
    search = MenuSearch(request.GET, supports=supports)
    groups = picture.by_depth(search.pick(supports), registry.said(registry.MENU_PANELS, request.user))
    page = {"groups": groups, "search": search, "is_searching": bool(search.wanted), "is_empty": not supports}
    return render(request, "supports/menu.html", {**page, "may_edit": policy.may_edit_menu(request.user)})


def support(request, slug):
    support = visible_or_404(SupportType, request.user, slug=slug)
    steps, resources = list(support.steps.all()), list(support.resources.all())
    page = {
        "support": support,
        "steps": steps,
        "journey": picture.journey(steps),
        "parts": picture.by_part(support.responsibilities.all()),
        "protocols": [row for row in resources if row.kind == Resource.Kind.PROTOCOL],
        "materials": [row for row in resources if row.kind == Resource.Kind.MATERIAL],
        "panels": [panel(support, request.user) for panel in registry.SUPPORT_PANELS],
        "begin": picture.BEGIN_WORDS.get(support.begins) if policy.is_offered_start(request.user, support) else "",
        "session": _session(request) if support.follows_session else None,
        "may_edit": policy.may_edit_menu(request.user),
    }
    return render(request, "supports/support.html", page)


def _session(request):
    """The PD session from which the reader came, if any."""
    pk = request.GET.get("session", "")
    is_number = pk.isdecimal() and len(pk) < 19
    return PDSession.objects.visible_to(request.user).filter(pk=pk).first() if is_number else None


def resource(request, slug, pk):
    support = visible_or_404(SupportType, request.user, slug=slug)
    resource = visible_or_404(support.resources.all(), request.user, pk=pk)
    return render(request, "supports/resource.html", {"support": support, "resource": resource})
