"""How a connection is protected: TLS that verifies, or plain text that never leaves this machine."""

from __future__ import annotations

import ssl

from mailbot.config import Security, Server, is_loopback
from mailbot.errors import Never


def tls_for(server: Server) -> ssl.SSLContext | None:
    """The TLS settings for a server, which verify its certificate and its name; None for plain text on loopback.

    Raises Never, before anything is sent, for plain text to another machine and for a ca_file that cannot be read.
    """
    if server.security is Security.PLAINTEXT_LOOPBACK:
        if not is_loopback(server.host):
            raise Never(
                f"{place(server)}: security = {server.security.value!r} is only for this machine (127.0.0.1, ::1, "
                f"localhost), and {server.host!r} is another one; write security = 'tls' or 'starttls'"
            )
        return None
    try:
        context = ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise Never(f"ca_file {server.ca_file}: cannot be read as certificates ({error}); name a PEM file") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # Pythons of Debian and Ubuntu leave it to the system
    return context


def refuses_tls(server: Server, error: ssl.SSLError) -> Never | None:
    """What a person has to mend where TLS failed for good; None where the connection only broke in the middle."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Never(
            f"{place(server)}: its certificate is not trusted: {error.verify_message}. Nothing was sent. Use the name "
            "that stands in the certificate as host, or name the authority that signed it as ca_file"
        )
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return None
    return Never(
        f"{place(server)}: no TLS could be agreed on ({error.reason or error}). Nothing was sent. "
        f"Check port and security; it is set to {server.security.value!r}"
    )


def place(server: Server) -> str:
    """A server as it is named in messages."""
    return f"{server.host}:{server.port}"
