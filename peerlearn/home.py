"""Home: what needs me now. It may look into every room."""

from django.shortcuts import render


def home(request):
    return render(request, "home.html")
