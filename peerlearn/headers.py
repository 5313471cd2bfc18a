"""What every answer is careful about besides its policy: methods, other sites, and copies that outlive a session."""

from django.http import HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "OPTIONS", "POST"]


def careful_answers(get_response):
    def middleware(request):
        response = get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if "Cookie" in response.headers.get("Vary", ""):
            # Staff-room computers are shared: what one person was shown is not kept for the next.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
