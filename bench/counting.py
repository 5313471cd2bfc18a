"""Counts the SQL of one request when the request asks for it; otherwise it costs one look at a header."""

import time

from django.db import connection
from django.http import HttpResponse

ASKED = "HTTP_X_BENCH_SQL"  # "count": in a header of the answer; "show": each statement, in place of the page
TOLD = "X-Bench-SQL"


def counting(get_response):
    def middleware(request):
        asked = request.META.get(ASKED)
        if not asked:
            return get_response(request)
        statements = []
        with connection.execute_wrapper(noting(statements)):
            response = get_response(request)
        if asked == "show":
            lines = [f"{1000 * seconds:7.2f} ms  {sql} {params or ''}" for seconds, sql, params in statements]
            return HttpResponse("\n".join(lines), content_type="text/plain", status=response.status_code)
        response[TOLD] = f"{len(statements)} {1000 * sum(row[0] for row in statements):.3f}"
        return response

    return middleware


def noting(statements):
    def wrapper(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            statements.append((time.perf_counter() - began, sql, params))

    return wrapper
