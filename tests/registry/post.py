"""A real SMTP server in the test process, which keeps what it took and answers as it is told."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """`at_rcpt` and `at_data` are answers by address instead of 250; "hang up" breaks the line."""

    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_data: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, Message]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = self.at_rcpt.get(address, "")
        if answer == "hang up":
            server.transport.abort()
        elif answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        [to] = envelope.rcpt_tos
        answer = self.at_data.get(to, "")
        if answer and answer != "hang up":
            return answer
        self.taken.append((to, message_from_bytes(envelope.content, policy=default)))
        if answer == "hang up":
            server.transport.abort()
        return f"250 2.0.0 Ok: queued as Q{len(self.taken)}"


@contextmanager
def post_office(settings: Any) -> Iterator[PostOffice]:
    """The office stands, and the site sends to it, for the block."""
    office = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as free:
        office.port = free.getsockname()[1]
    logging.getLogger("mail.log").propagate = False  # the server's own log is not the site's
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    settings.MAIL_ON, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", office.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    try:
        yield office
    finally:
        controller.stop()
