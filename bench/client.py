"""A small load generator: plain sockets kept alive, one request under way on each, no dependency."""

from __future__ import annotations

import os
import selectors
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.harness import percentile


@dataclass
class Heard:
    """What a run of requests has measured."""

    seconds: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        """What an answer costs the server, which a machine that is busy otherwise stretches least."""
        return self.cpu / len(self.latencies) * 1000

    def milliseconds(self, share: float) -> float:
        """The latency that ``share`` of the requests do not pass."""
        return percentile(self.latencies, share) * 1000


class Line:
    """One connection and the answer that is coming in on it."""

    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self._request = request
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send()

    def send(self) -> None:
        """Ask once more."""
        self._received, self._wanted = b"", -1
        self.began = time.perf_counter()
        self.socket.sendall(self._request)

    def receive(self) -> bool:
        """Take what is there; True when the answer is whole. Raises on anything but 200."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed the connection")
        self._received += part
        if self._wanted < 0 and (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end].lower()
            if not head.startswith(b"http/1.1 200"):
                raise ConnectionError(self._received[:500].decode(errors="replace"))
            self._wanted = end + 4 + int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return 0 <= self._wanted <= len(self._received)


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the process whose children answer."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU that the server and its children have used."""
        ticks = os.sysconf("SC_CLK_TCK")
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        stats = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in (self.pid, *children)
        ]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / ticks


def pressed(server: Server, path: str, cookie: str, seconds: float, connections: int) -> Heard:
    """As many requests as the server answers in ``seconds`` over so many connections."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
    request = (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()
    heard, waiting = Heard(), selectors.DefaultSelector()
    lines = [Line(("127.0.0.1", server.port), request) for _ in range(connections)]
    for opened in lines:
        waiting.register(opened.socket, selectors.EVENT_READ, opened)
    began, used = time.perf_counter(), server.cpu()
    stopped = False
    while waiting.get_map():
        stopped = stopped or time.perf_counter() - began >= seconds
        if stopped and not heard.seconds:
            heard.seconds, heard.cpu = time.perf_counter() - began, server.cpu() - used
        for key, _ in waiting.select(timeout=5):
            line: Line = key.data
            if not line.receive():
                continue
            if not stopped:
                heard.latencies.append(time.perf_counter() - line.began)
                line.send()
            else:
                # The last answers are waited for but not counted: the next run must find an idle server.
                waiting.unregister(line.socket)
                line.socket.close()
    return heard
