"""The preview in a process of its own, for tests: started, asked, and always ended."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, Queue

import support

LONG = 60  # seconds that a slow machine may take; nothing waits longer than it must
BUILT = re.compile(r"\d+ pages in |Not updated")


class Served:
    """A server that runs: its address, and what it says line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: Queue[str] = Queue()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def begin(self) -> None:
        """Wait until it can be asked."""
        self.address = self.until(r"http://\S+/")[0]
        self.until("Ctrl-C")
        self.port = int(self.address.rpartition(":")[2].strip("/"))

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            self.lines.put(line)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        assert self.process.stderr is not None
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stderr.close()

    def until(self, pattern: str) -> re.Match[str]:
        """Wait until it says this."""
        while True:
            line = self.lines.get(timeout=LONG)
            if found := re.search(pattern, line):
                return found

    def builds_until_silence(self, seconds: float) -> int:
        """Count the builds that it tells of, until it is silent for so long."""
        count = 0
        while True:
            try:
                count += bool(BUILT.search(self.lines.get(timeout=seconds)))
            except Empty:
                return count

    def get(self, target: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        """Return the status and the body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=LONG)) as connection:
            connection.putrequest(method, target, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def raw(self, request: bytes) -> bytes:
        """Send bytes and return what comes back until the connection closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONG) as connection:
            connection.sendall(request)
            received = b""
            try:
                while data := connection.recv(65536):
                    received += data
            except ConnectionResetError:
                pass
            return received


def command(root: Path, *options: str) -> list[str]:
    serve = [sys.executable, "-m", "site_gen", "serve", "--lang", "en"]
    return [*serve, "--root", str(root), *options]


@contextmanager
def serving(root: Path, *options: str) -> Iterator[Served]:
    process = subprocess.Popen(
        command(root, "--port", "0", *options),
        cwd=support.REAL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    served = Served(process)
    try:
        served.begin()
        yield served
    finally:
        served.end()
