"""A mail server that keeps of each message only its Message-ID, one on a line: python -m bench.sink 8425 taken.log

--refuse answers that share of messages with 451; --hang-up takes that share and drops the line before saying so;
--slow waits so many seconds with each.
"""

import argparse
import asyncio
import random
import re
from pathlib import Path

from aiosmtpd.controller import Controller

NAME = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Sink:
    def __init__(self, asked, log):
        self.asked, self.log = asked, log

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.asked.slow)
        if random.random() < self.asked.refuse:
            return "451 try again later"
        # Written before the answer: what the sender does not hear of has arrived all the same.
        self.log.write(NAME.search(envelope.content)[1].decode() + "\n")
        if random.random() < self.asked.hang_up:
            self.log.write("hung up\n")
            server.transport.abort()
        return "250 taken"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("log")
    for name in ("--refuse", "--hang-up", "--slow"):
        parser.add_argument(name, type=float, default=0)
    asked = parser.parse_args()
    with Path(asked.log).open("a", buffering=1) as log:
        Controller(Sink(asked, log), hostname="127.0.0.1", port=asked.port).start()
        asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    main()
