"""Assets: every file under a name that bears its content's hash, so that a browser may keep it.

A stylesheet or script names other files by relative paths; what is published names them by their
hashed names. So a name bears the hash of all that the file leads to, in circles too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, relpath
from types import MappingProxyType

from msgspec import Struct

from site_gen.hashes import File, hash_of
from site_gen.images import image_info, strip_metadata
from site_gen.pictures import Picture
from site_gen.scripts import without_comments

# What names another file, between what stands before it and the quotes around it.
_REFERENCES = {
    "css": re.compile(r"""(?P<before>url\()(["']?)(?P<path>[^"')]+)\2(?=\))"""),
    "js": re.compile(
        r"""(?P<before>\b(?:from|import|load)\s*\(?\s*)(["'])(?P<path>\.\.?/[^"'\n]+)\2"""
    ),
}


class Asset(Struct, frozen=True):
    """A file to publish: its path in the output, itself, and its size in pixels if an image."""

    path: str
    data: File
    width: int = 0
    height: int = 0


def publish(
    files: Mapping[str, bytes], pictures: Mapping[str, Picture] = MappingProxyType({})
) -> dict[str, Asset]:
    """Return what is published for each file below ``assets/``, by its path in the project."""
    data = {path: _light(path, content) for path, content in sorted(files.items())}
    facts = {path: picture.facts for path, picture in pictures.items()}
    known = data | {path: each.published.hash for path, each in facts.items()}
    leads = {path: frozenset(_references(path, content, known)) for path, content in data.items()}
    leads |= dict.fromkeys(facts, frozenset())
    names = {path: hashed(path, *(known[p] for p in _reached(path, leads))) for path in data}
    names |= {path: _named(path, each.published.hash) for path, each in facts.items()}
    found = {path: _asset(path, content, names) for path, content in data.items()}
    return found | {
        path: Asset(names[path], each.published, each.width, each.height)
        for path, each in facts.items()
    }


def _light(path: str, content: bytes) -> bytes:
    """Return a file without what no visitor needs; a script of others stays as they made it."""
    if path.endswith(".js") and "/vendor/" not in path:
        return without_comments(content)
    return strip_metadata(content)


def hashed(path: str, *contents: bytes) -> str:
    """Return a path with the hash of these contents in its name."""
    return _named(path, hash_of(b"".join(contents)))


def _named(path: str, known: bytes) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{known.hex()[:10]}.{ending}"


def _asset(path: str, content: bytes, names: Mapping[str, str]) -> Asset:
    info = image_info(content)
    size = (info.width, info.height) if info else (0, 0)
    return Asset(names[path], _rewritten(path, content, names), *size)


def _references(path: str, content: bytes, known: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the files of ours that a stylesheet or script names."""
    pattern = _REFERENCES.get(path.rpartition(".")[2])
    for match in pattern.finditer(_text(content)) if pattern else ():
        target = normpath(join(dirname(path), match["path"]))
        if target in known:
            yield target


def _reached(path: str, leads: Mapping[str, frozenset[str]]) -> list[str]:
    """Return a file, then all that it leads to, near and far, by name."""
    found, queue = {path}, [path]
    while queue:
        new = leads[queue.pop()] - found
        found |= new
        queue += new
    return [path, *sorted(found - {path})]


def _rewritten(path: str, content: bytes, names: Mapping[str, str]) -> bytes:
    def replaced(match: re.Match[str]) -> str:
        target = names.get(normpath(join(dirname(path), match["path"])))
        if target is None:
            return match[0]
        return f'{match["before"]}"{dot}{relpath(target, dirname(path))}"'

    pattern = _REFERENCES.get(path.rpartition(".")[2])
    if pattern is None:
        return content
    dot = "./" if path.endswith(".js") else ""  # a script names others by paths that begin so
    return pattern.sub(replaced, _text(content)).encode("utf-8", "surrogateescape")


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
