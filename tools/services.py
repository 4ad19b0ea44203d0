"""The processes of a demonstration, in the order in which they start: the web before the rest."""

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOGS = PROJECT / "var" / "log"
RUN = PROJECT / "var" / "run"


def always() -> bool:
    """For services that no other one waits for."""
    return True


@dataclass(frozen=True)
class Service:
    """A command, its environment, and whether it is started again when it dies."""

    name: str
    command: list[str]
    environment: dict[str, str]
    comes_back: bool = True
    is_ready: Callable[[], bool] = always


def services(port: int, mail_port: int) -> Iterator[Service]:
    """Yield every service; a private one only where the environment names no other."""
    given = dict(os.environ)
    local = {"PORT": str(port), "MAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
    environment = {"PYTHONUNBUFFERED": "1", **local, **given}
    if "REDIS_URL" not in given:
        yield redis(environment)
    if "MAIL_URL" not in given:
        yield mail(mail_port, environment)
    yield web(port, environment)
    yield Service("worker", [sys.executable, "-m", "grants.worker"], environment)
    yield Service("sweep", [sys.executable, "-m", "flask", "sweep"], environment)


def redis(environment: dict[str, str]) -> Service:
    """The private Redis: a socket, no port, nothing kept on disk."""
    path = redis_socket()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.parent.stat().st_uid != os.getuid():
        raise SystemExit(f"{path.parent} belongs to someone else: remove it.")
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(RUN)]
    return Service("redis", command, environment, is_ready=lambda: listens(path))


def redis_socket() -> Path:
    """Return the socket that var/env names."""
    lines = (PROJECT / "var" / "env").read_text(encoding="utf-8").splitlines()
    url = next(line.removeprefix("REDIS_URL=") for line in lines if line.startswith("REDIS_URL="))
    return Path(url.removeprefix("unix://"))


def listens(path: Path) -> bool:
    """Say whether something answers on a socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def mail(mail_port: int, environment: dict[str, str]) -> Service:
    """The loopback mail server; it stays down when stopped, so that a stop can be seen."""
    (RUN / "mail.port").write_text(f"{mail_port}\n", encoding="ascii")
    folder = PROJECT / "var" / "mail"
    command = [sys.executable, "-m", "grants.demo.mailbox"]
    command += ["--port", str(mail_port), "--folder", str(folder)]
    return Service("mail", command, environment, comes_back=False)


def web(port: int, environment: dict[str, str]) -> Service:
    """The two web processes, on loopback."""
    command = [sys.executable, "-m", "gunicorn", "--config", "tools/web_server.py", "wsgi:app"]
    return Service("web", command, environment, is_ready=lambda: answers(address(port)))


def address(port: int) -> str:
    """Return where people go."""
    return f"http://127.0.0.1:{port}"


def answers(url: str) -> bool:
    """Say whether an address answers anything at all."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
