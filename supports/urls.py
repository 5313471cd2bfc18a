from django.urls import path

from .views import editing, menu, sessions

urlpatterns = [
    path("menu/", menu.menu, name="menu"),
    path("menu/<slug:slug>/", menu.support, name="support"),
    path("menu/<slug:slug>/resources/<int:pk>/", menu.resource, name="resource"),
    path("pd/", sessions.pd_list, name="pd_list"),
    path("pd/add/", sessions.pd_add, name="pd_add"),
    path("pd/<int:pk>/", sessions.pd_session, name="pd_session"),
    path("pd/<int:pk>/edit/", sessions.pd_edit, name="pd_edit"),
    path("pd/<int:pk>/withdraw/", sessions.pd_withdraw, name="pd_withdraw"),
    path("pd/<int:pk>/offer/", sessions.pd_offer, name="pd_offer"),
    path("district/menu/", editing.menu_editing, name="menu_editing"),
    path("district/menu/add/", editing.support_add, name="support_add"),
    path("district/menu/<slug:slug>/edit/", editing.support_edit, name="support_edit"),
    path("district/menu/<slug:slug>/text/", editing.support_file, name="support_file"),
    path("district/menu/<slug:slug>/file.toml", editing.support_download, name="support_download"),
    path("district/menu/<slug:slug>/steps/<int:pk>/", editing.step_edit, name="step_edit"),
    path("district/approvals/", editing.approval_rules, name="approval_rules"),
]
for parts, one in (("resources", "resource"), ("responsibilities", "responsibility")):
    start, kind = f"district/menu/<slug:slug>/{parts}/", {"parts": parts}
    urlpatterns += [
        path(f"{start}add/", editing.part_add, kind, name=f"{one}_add"),
        path(f"{start}<int:pk>/", editing.part_edit, kind, name=f"{one}_edit"),
        path(f"{start}<int:pk>/remove/", editing.part_remove, kind, name=f"{one}_remove"),
    ]
