"""Where plain text may go, and where TLS has to verify."""

from __future__ import annotations

import ssl

import pytest

from mailbot.config import Security, SmtpSettings
from mailbot.errors import Never
from mailbot.post.protection import tls_for


def server(host: str, security: Security) -> SmtpSettings:
    return SmtpSettings(host=host, port=25, security=security)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1"])
def test_plain_text_is_for_this_machine(host: str) -> None:
    assert tls_for(server(host, Security.PLAINTEXT_LOOPBACK)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "localhost.client.example", "127.0.0.1.client.example"])  # noqa: S104
def test_plain_text_to_any_other_machine_is_refused(host: str) -> None:
    with pytest.raises(Never, match="only for this machine"):
        tls_for(server(host, Security.PLAINTEXT_LOOPBACK))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_verifies_the_certificate_and_the_name_on_this_machine_too(security: Security) -> None:
    context = tls_for(server("localhost", security))
    assert context is not None
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
