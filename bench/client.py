"""One keep-alive connection, and the check that what came back is the page and not an error."""

import http.client
import re

TOKEN = "b" * 32  # the CSRF cookie and its header are one and the same secret


class WrongAnswer(Exception):
    """The server answered something else than the target's page; figures of it would say nothing."""


class Client:
    def __init__(self, port):
        self.port, self.connection = port, None

    def ask(self, target, **headers):
        """(response, body) of one request, checked."""
        headers = {**target.headers, **headers}
        for attempt in (1, 2):
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.connection.request(target.method, target.path, target.body, headers)
                response = self.connection.getresponse()
                break
            except (ConnectionError, http.client.BadStatusLine):
                self.connection = None  # the server recycled the connection
                if attempt == 2:
                    raise
        body = response.read()
        if response.status != target.status:
            raise WrongAnswer(
                f"{target.name}: {target.path} answered {response.status}, not {target.status}\n{body[:600]!r}"
            )
        return response, body

    def rows(self, target):
        """How many rows the page shows; fewer than it should is a page that measures nothing."""
        _, body = self.ask(target)
        found = len(re.findall(target.row.encode(), body)) if target.row else 0
        if found < target.least:
            raise WrongAnswer(f"{target.name}: {found} of {target.row!r} on {target.path}, {target.least} expected")
        return found, len(body) / 1024
