"""An SMTP server that misbehaves on request, for the mail tests.

Prints its port on the first line of stdout, stores what it accepts as NUMBER.eml beside NUMBER.json (sender,
recipients, whether TLS was on, who logged in), and ends when its stdin does, so that no test leaves one behind.
"""

import argparse
import asyncio
import json
import logging
import os
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    """Accepts and stores, except where a fault was asked for."""

    def __init__(self, options):
        self.options = options
        self.stored = 0
        self.known = set()

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address == self.options.refuse_sender:
            return f"550 5.7.1 <{address}>: sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == self.options.reject:
            return f"550 5.1.1 <{address}>: no such user"
        if self.options.greylist and address not in self.known:
            self.known.add(address)
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.options.hang_after_data:
            await asyncio.sleep(3600)
        if self.options.refuse_content:
            return "552 5.3.4 message too big"
        self.stored += 1
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "user": session.auth_data.decode() if session.authenticated else None,
        }
        name = self.options.store / f"{self.stored:04}"
        name.with_suffix(".json").write_text(json.dumps(facts))
        name.with_suffix(".eml").write_bytes(envelope.original_content)
        return "250 2.0.0 OK"


class Server(SMTP):
    """Can cut the line in the middle of a message."""

    drops = 0

    async def smtp_DATA(self, arg):
        if Server.drops == 0:
            return await super().smtp_DATA(arg)
        Server.drops -= 1
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        await self._reader.readexactly(200)
        self.transport.abort()


def authenticate(options):
    def check(server, session, envelope, mechanism, data):
        login = (data.login.decode(), data.password.decode())
        right = login == (options.user, options.password)
        return AuthResult(success=right, handled=right, auth_data=data.login)

    return check


def protocol(options, mailbox):
    settings = {"hostname": "localhost"}
    if options.certificate and not options.wrapped:
        settings["tls_context"] = tls(options)
        settings["require_starttls"] = True
    if options.user:
        settings["authenticator"] = authenticate(options)
        settings["auth_required"] = True
        settings["auth_require_tls"] = not options.wrapped
    return lambda: Server(mailbox, **settings)


def tls(options):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.certificate, options.key)
    return context


async def hang(reader, writer):
    """Accepts the connection and never says a word."""
    await asyncio.sleep(3600)


async def serve(options):
    loop = asyncio.get_running_loop()
    if options.hang:
        listener = await asyncio.start_server(hang, "127.0.0.1", 0)
    else:
        Server.drops = options.drop
        wrapper = tls(options) if options.wrapped else None
        mailbox = Mailbox(options)
        listener = await loop.create_server(protocol(options, mailbox), "127.0.0.1", 0, ssl=wrapper)
    print(listener.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=pathlib.Path, required=True)
    parser.add_argument("--reject", help="refuse this recipient for good")
    parser.add_argument("--refuse-sender", help="refuse this sender for good")
    parser.add_argument("--greylist", action="store_true", help="first refuse every recipient for now")
    parser.add_argument("--drop", type=int, default=0, help="cut the line in the middle of the first N messages")
    parser.add_argument("--hang", action="store_true", help="accept connections and stay silent")
    parser.add_argument("--hang-after-data", action="store_true", help="take the message and stay silent")
    parser.add_argument("--refuse-content", action="store_true", help="refuse every message for good")
    parser.add_argument("--certificate", help="PEM file: offer and require STARTTLS")
    parser.add_argument("--key", help="PEM file of the certificate's key")
    parser.add_argument("--wrapped", action="store_true", help="speak TLS from the first byte instead")
    parser.add_argument("--user", help="require this login")
    parser.add_argument("--password")
    options = parser.parse_args()
    # Broken connections are what these tests are about.
    logging.disable(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(serve(options))
    # Connections that hang on purpose must not hold up the end.
    sys.stdout.flush()
    os._exit(0)


main()
