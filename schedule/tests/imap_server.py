"""As much of an IMAP server (RFC 3501) as reading a mailbox takes, on a port of its own."""

import re
import socketserver
import threading

SEEN = r"\Seen"


class Talk(socketserver.StreamRequestHandler):
    """One connection. The server's `mails` are [octets, flags]; `heard` is what was asked, without the password."""

    def handle(self):
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _, asked = line.strip().decode().partition(" ")
            word = asked.split(" ")[0].upper()
            name = asked.split(" ")[1].lower() if word == "UID" else word.lower()
            self.server.heard.append(re.sub(r"LOGIN (\S+) .*", r"LOGIN \1", asked))
            answer = getattr(self, f"on_{name}")(asked)
            self.say(f"{tag} {answer or 'OK done'}".encode())

    def say(self, octets):
        self.wfile.write(octets + b"\r\n")

    def on_capability(self, asked):
        self.say(b"* CAPABILITY IMAP4rev1")

    def on_login(self, asked):
        if not asked.endswith('"opens sesame"'):
            return "NO wrong password"

    def on_select(self, asked):
        self.say(f"* {len(self.server.mails)} EXISTS".encode())

    def on_search(self, asked):
        words = re.search(r'TO "([^"]*)"', asked)[1].encode()
        rows = enumerate(self.server.mails, 1)
        found = [n for n, (octets, flags) in rows if SEEN not in flags and words in octets.partition(b"\n\n")[0]]
        self.say(f"* SEARCH {' '.join(map(str, found))}".encode())

    def on_fetch(self, asked):
        number = int(asked.split(" ")[2])
        octets, flags = self.server.mails[number - 1]
        if "PEEK" not in asked:
            flags.add(SEEN)
        self.say(f"* {number} FETCH (UID {number} BODY[] {{{len(octets)}}}".encode())
        self.wfile.write(octets)
        self.say(b")")

    def on_store(self, asked):
        self.server.mails[int(asked.split(" ")[2]) - 1][1].add(SEEN)

    def on_logout(self, asked):
        self.say(b"* BYE")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, mails):
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails, self.heard = [[octets, set()] for octets in mails], []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *fault):
        self.shutdown()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]
