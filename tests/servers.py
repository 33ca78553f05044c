"""Real servers for tests: Dovecot, Postfix and PostgreSQL, each in a temporary folder of its own, on loopback only.

Nothing outside the folder is written. A server that does not come up fails the test with the end of its log; one that
does not go when it is asked is killed, with its whole process group.
"""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TypedDict
from urllib.parse import urlsplit

PASSWORD = "secret"
START_SECONDS = 30.0
STOP_SECONDS = 2.0  # nothing in a temporary folder is worth a longer goodbye
MAIL_ACCOUNT = 5000  # the uid and gid that own the mail when we are root; it needs no name


def program(name: str) -> str | None:
    """The path of a server's program, also where it is not on PATH; None where it is not installed."""
    places = [
        "/usr/sbin",
        "/usr/local/sbin",
        *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True),
    ]
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(places))


def missing_for(marker: str) -> str | None:
    """What is missing on this machine for tests with this marker, in words; None where they can run."""
    needed = {
        "dovecot": ("dovecot", "openssl"),
        "postfix": ("postfix", "dovecot", "openssl"),
        "postgresql": ("initdb",),
    }
    for name in needed.get(marker, ()):
        if program(name) is None:
            return f"{name} is not installed"
    if marker == "postfix" and os.geteuid() != 0:
        return "Postfix can only be started by root"
    if marker in {"dovecot", "postfix"} and not _run(program("dovecot"), "--version").startswith("2.3"):
        return "the settings of these tests are for Dovecot 2.3"
    return None


def free_ports(count: int) -> tuple[int, ...]:
    """Ports on 127.0.0.1 that nobody listens on just now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return tuple(int(each.getsockname()[1]) for each in sockets)
    finally:
        for each in sockets:
            each.close()


@dataclass(frozen=True, slots=True)
class Certificates:
    """A certificate for localhost and 127.0.0.1, and the authority that signed it."""

    authority: Path
    certificate: Path
    key: Path


def make_certificates(folder: Path) -> Certificates:
    """An authority of our own and a server certificate signed by it, made with openssl."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority_key, request, extensions = folder / "ca.key", folder / "server.csr", folder / "server.ext"
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _run(
        *("openssl", "req", "-x509", *new_key, "-days", "2", "-subj", "/CN=an authority of the tests"),
        *("-keyout", authority_key, "-out", made.authority),
        *("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"),
    )
    _run("openssl", "req", *new_key, "-subj", "/CN=localhost", "-keyout", made.key, "-out", request)
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    _run(
        *("openssl", "x509", "-req", "-in", request, "-CA", made.authority, "-CAkey", authority_key),
        *("-CAcreateserial", "-days", "2", "-extfile", extensions, "-out", made.certificate),
    )
    return made


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running Dovecot: IMAP with STARTTLS, IMAP over TLS, and LMTP to deliver into it."""

    imap_port: int
    imaps_port: int
    lmtp_port: int
    certificates: Certificates
    users: Iterator[str]

    def new_user(self) -> str:
        """An account nobody has used yet, with an empty INBOX; its password is PASSWORD."""
        return next(self.users)


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """Starts a Dovecot (root or not), and stops it in the end."""
    with _folder() as folder:
        users = [f"user{number:03}@harbourpine.example" for number in range(1, 500)]
        named = ["desk@harbourpine.example", "dana@harbourpine.example"]
        (folder / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in [*users, *named]))
        mail = folder / "mail"
        mail.mkdir()
        if os.geteuid() == 0:
            os.chown(mail, MAIL_ACCOUNT, MAIL_ACCOUNT)
        imap, imaps, lmtp = free_ports(3)
        server = Dovecot(imap, imaps, lmtp, make_certificates(folder / "tls"), iter(users))
        config = folder / "dovecot.conf"
        config.write_text(_dovecot_settings(folder, server))
        command = (program("dovecot") or "dovecot", "-F", "-c", str(config))
        with _daemon(command, folder / "dovecot.log", ports=(server.imap_port, server.imaps_port, server.lmtp_port)):
            yield server


def _dovecot_settings(folder: Path, server: Dovecot) -> str:
    root = os.geteuid() == 0
    uid, gid = (MAIL_ACCOUNT, MAIL_ACCOUNT) if root else (os.geteuid(), os.getegid())
    return dedent(f"""\
        base_dir = {folder}/run
        state_dir = {folder}/state
        log_path = {folder}/dovecot.log
        listen = 127.0.0.1, 127.0.0.2
        protocols = imap lmtp
        ssl = yes
        ssl_cert = <{server.certificates.certificate}
        ssl_key = <{server.certificates.key}
        disable_plaintext_auth = no
        auth_failure_delay = 0
        auth_mechanisms = plain login
        passdb {{
          driver = passwd-file
          args = scheme=PLAIN username_format=%u {folder}/users
        }}
        userdb {{
          driver = static
          args = uid={uid} gid={gid} home={folder}/mail/%u
        }}
        mail_location = maildir:~/Maildir
        first_valid_uid = 1
        mail_max_userip_connections = 10
        recipient_delimiter = +
        service imap-login {{
          chroot =
          inet_listener imap {{
            port = {server.imap_port}
          }}
          inet_listener imaps {{
            port = {server.imaps_port}
            ssl = yes
          }}
        }}
        service lmtp {{
          inet_listener lmtp {{
            address = 127.0.0.1
            port = {server.lmtp_port}
          }}
        }}
        service anvil {{
          # no growing delay after a wrong password
          unix_listener anvil-auth-penalty {{
            mode = 0
          }}
        }}
        namespace inbox {{
          inbox = yes
          separator = /
        }}
        """) + ("" if root else _dovecot_without_root())


def _dovecot_without_root() -> str:
    user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    unchrooted = "".join(f"service {name} {{\n  chroot =\n}}\n" for name in ("anvil", "stats"))
    return (
        f"default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n" + unchrooted
    )


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running Postfix that delivers into a Dovecot; whole domains stand for one outcome each.

    harbourpine.example is delivered (or bounces 5.1.1 where there is no such account); nouser.example bounces 5.1.1,
    full.example 5.2.2, policy.example 5.7.1, slow.example is deferred 4.2.0 (of which
    the sender hears after a second), gone.example is swallowed, any other
    domain bounces 5.1.2. refused@harbourpine.example gets 550 and greylisted@harbourpine.example 450 at RCPT.
    """

    smtp_port: int
    certificates: Certificates
    largest_mail: int = 1_000_000


@contextmanager
def running_postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """Starts a Postfix (needs root), and stops it in the end."""
    with _folder() as folder:
        for name in ("etc", "spool", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        (port,) = free_ports(1)
        server = Postfix(port, dovecot.certificates)
        (folder / "etc/main.cf").write_text(_postfix_settings(folder, server, dovecot))
        (folder / "etc/master.cf").write_text(_postfix_services(server))
        postfix = (program("postfix") or "postfix", "-c", str(folder / "etc"))
        with _daemon((*postfix, "start-fg"), folder / "mail.log", ports=(server.smtp_port,)):
            try:
                yield server
            finally:
                _run(*postfix, "stop")  # its master leaves the process group that it was started in


def _postfix_settings(folder: Path, server: Postfix, dovecot: Dovecot) -> str:
    return dedent(f"""\
        compatibility_level = 3.6
        queue_directory = {folder}/spool
        data_directory = {folder}/data
        maillog_file = {folder}/mail.log
        maillog_file_prefixes = {folder}
        myhostname = mx.harbourpine.example
        mydestination =
        mynetworks = 127.0.0.0/8
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        smtp_dns_support_level = disabled
        smtp_host_lookup = native
        alias_maps =
        alias_database =
        local_recipient_maps =
        virtual_mailbox_domains = harbourpine.example
        virtual_mailbox_maps =
        virtual_transport = lmtp:inet:127.0.0.1:{dovecot.lmtp_port}
        default_transport = error:5.1.2 unknown domain
        transport_maps = inline:{{ {{nouser.example=error:5.1.1 No such user here}},
         {{full.example=error:5.2.2 Mailbox full}}, {{policy.example=error:5.7.1 Blocked by policy}},
         {{slow.example=retry:4.2.0 Try again later}}, {{gone.example=discard:}} }}
        smtpd_tls_cert_file = {server.certificates.certificate}
        smtpd_tls_key_file = {server.certificates.key}
        smtpd_tls_security_level = may
        smtpd_reject_unlisted_recipient = no
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_recipient_restrictions = check_recipient_access inline:{{
         {{greylisted@harbourpine.example=450 4.7.1 Greylisted try later}},
         {{refused@harbourpine.example=550 5.1.1 refused at RCPT}} }}
        smtputf8_enable = yes
        delay_warning_time = 1s
        queue_run_delay = 1s
        minimal_backoff_time = 1s
        maximal_backoff_time = 3s
        message_size_limit = {server.largest_mail}
        """)


def _postfix_services(server: Postfix) -> str:
    return dedent(f"""\
        127.0.0.1:{server.smtp_port} inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 5 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        lmtp unix - - n - - lmtp
        anvil unix - - n - 1 anvil
        tlsmgr unix - - n 1000? 1 tlsmgr
        postlog unix-dgram n - n - 1 postlogd
        showq unix n - n - - showq
        flush unix n - n 1000? 0 flush
        """)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A running PostgreSQL cluster on a Unix socket; fsync is on."""

    socket_folder: Path
    account: str
    numbers: Iterator[int]

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.socket_folder / ".s.PGSQL.5432"

    def new_database(self, like: str | None = None) -> str:
        """Makes a database and gives its SQLAlchemy URL: an empty one, or a copy of that at another URL, which nobody
        may be connected to."""
        name = f"mailbot{next(self.numbers)}"
        to_server = ("--host", self.socket_folder, "--username", self.account)
        template = urlsplit(like).path.lstrip("/") if like else "template0"
        _run(program("createdb"), *to_server, "--template", template, name)
        return f"postgresql+psycopg://{self.account}@/{name}?host={self.socket_folder}"


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Makes a cluster and starts it; as root it runs as the account `postgres`, which the server demands."""
    with _folder() as folder:
        account = "postgres"
        runs_as = account if os.geteuid() == 0 else None
        if runs_as:
            shutil.chown(folder, account)
        _run(
            *(program("initdb"), "--pgdata", folder / "cluster", "--username", account, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            runs_as=runs_as,
        )
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "on"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        command = (program("postgres") or "postgres", "-D", str(folder / "cluster"), *options)
        server = PostgreSQL(folder, account, itertools.count(1))
        with _daemon(command, folder / "postgres.log", files=(server.socket,), runs_as=runs_as, ask=signal.SIGINT):
            _await(lambda: _accepts(server), "PostgreSQL", folder / "postgres.log")
            yield server


def _accepts(server: PostgreSQL) -> bool:
    command = (program("pg_isready") or "pg_isready", "--host", str(server.socket_folder), "--quiet")
    return subprocess.run(command, check=False).returncode == 0


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that other accounts of the machine can enter, with a name short enough for Unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="mailbot-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _daemon(
    command: Sequence[str],
    log: Path,
    *,
    ports: Sequence[int] = (),
    files: Sequence[Path] = (),
    runs_as: str | None = None,
    ask: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Runs a server in the foreground of a process group of its own until the block ends."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, **_account(runs_as)
        )
    try:
        _await(lambda: all(map(_listens, ports)) and all(map(Path.exists, files)), command[0], log, process)
        yield
    finally:
        _stop(process, ask)


class _Account(TypedDict, total=False):
    user: str
    group: str
    extra_groups: list[str]


def _account(name: str | None) -> _Account:
    return {"user": name, "group": name, "extra_groups": []} if name else {}


def _await(ready: Callable[[], bool], what: str, log: Path, process: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        gone = process is not None and process.poll() is not None
        if gone or time.monotonic() > deadline:
            end = "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else "(no log)"
            raise RuntimeError(f"{what} {'ended at once' if gone else 'does not come up'}; its log ends with:\n{end}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes], ask: signal.Signals) -> None:
    """Asks the server to go, waits until it is gone, and leaves nothing of its process group behind."""
    with suppress(ProcessLookupError):
        process.send_signal(ask)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _run(*command: str | Path | None, runs_as: str | None = None) -> str:
    """Runs a program that ends by itself; what it said, or an error with what it said."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/", **_account(runs_as))
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
