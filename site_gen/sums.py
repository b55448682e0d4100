"""A list of every published file with its SHA-256, by which a copy can be compared with a build.

The form is that of ``sha256sum`` (GNU coreutils): ``sha256sum -c SHA256SUMS`` in a copy does the
same without us. The list stands at the root of the site and travels along with the files it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_gen.hashes import File, Hashes

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def sums(files: Mapping[str, File], hashes: Hashes | None = None) -> bytes:
    """Return the list of these files (path → content), in the order of their paths."""
    hashes = hashes or Hashes()
    lines = (f"{hashes.of(files[path]).hex()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Return the hash of each path in such a list; a line of another form is passed over."""
    found = map(_LINE.fullmatch, data.decode("utf-8", "replace").splitlines())
    return {line[2]: line[1] for line in found if line}
