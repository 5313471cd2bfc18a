from django.http import HttpResponse
from django.urls import include, path


def constant(request):
    """What every figure is a multiple of: a signed-in reader, the whole middleware, and no work."""
    return HttpResponse("constant")


urlpatterns = [path("bench/constant/", constant), path("", include("peerlearn.urls"))]

handler404 = "peerlearn.faults.not_found"
handler500 = "peerlearn.faults.server_error"
