"""Content-Security-Policy on every answer, under the setting name that Django 6 uses; delete at that upgrade."""

from django.conf import settings


def content_security_policy(get_response):
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware
