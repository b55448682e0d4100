"""A host as a real one is: compressed, with lasting assets; and as a real one sometimes is."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from site_gen.furniture import packaged
from site_gen.seal.worker import OFF

# What a Chromium is started with. Without hinting, letters are as wide as their font says.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
TEXTS = (".html", ".css", ".js", ".svg", ".webmanifest")


class Host(http.server.ThreadingHTTPServer):
    """Serves a folder on this machine only.

    ``fault`` says of a path what goes wrong: nothing, a status, "gone" (the connection breaks) or
    "hangs" (no answer before the end). ``worker`` tells whether ``sw.js`` is that of the site, or
    the one that takes it off, as with the preview server. ``edit`` may change a file on its way,
    ``headers`` go with every file.
    """

    daemon_threads = True

    def __init__(self, folder: Path, *, worker: bool) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=folder))
        self.address = f"http://127.0.0.1:{self.server_port}/"
        self.folder = folder
        self.worker = worker
        self.asked: list[str] = []
        self.ended = threading.Event()
        self.fault: Callable[[str], int | str | None] = lambda _path: None
        self.edit: Callable[[str, bytes], bytes] = lambda _path, data: data
        self.type_of: Callable[[str], str | None] = lambda _path: None
        self.date = ""
        self.headers: dict[str, str] = {}

    def handle_error(self, *_arguments: object) -> None:
        """Say nothing of a visitor who leaves before the answer is there."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def send_head(self) -> io.BytesIO | None:
        self.directory = str(self.server.folder)
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        match self.server.fault(path):
            case int(status):
                self.send_error(status)
                return None
            case "gone":
                self.close_connection = True
                return None
            case "hangs":
                self.server.ended.wait()
                self.close_connection = True
                return None
            case _:
                return self._answer(path)

    def _answer(self, path: str) -> io.BytesIO | None:
        file = Path(self.translate_path(path))
        if file.is_dir():
            if not path.endswith("/"):
                return self._moved(f"{path}/")
            file /= "index.html"
        if path.endswith("/sw.js") and not self.server.worker:
            data = (packaged() / OFF).read_bytes()
        elif file.is_file():
            data = file.read_bytes()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        data = self.server.edit(path, data)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.server.type_of(path) or self.guess_type(file))
        if file.suffix in TEXTS:
            data = gzip.compress(data, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        lasting = "/assets/" in path and not self.server.type_of(path)
        self.send_header("Cache-Control", "max-age=31536000" if lasting else "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        return io.BytesIO(data)

    def _moved(self, path: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return self.server.date or super().date_time_string(timestamp)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def hosting(folder: Path, *, worker: bool = False) -> Iterator[Host]:
    """Serve a folder while the block runs."""
    with Host(folder, worker=worker) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        try:
            yield host
        finally:  # a test that fails ends too
            host.ended.set()
            host.shutdown()
            thread.join()
