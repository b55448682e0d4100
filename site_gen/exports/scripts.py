"""Data for scripts in the browser.

A file is a script that holds JSON, because a browser fetches no other data from a folder on disk.
"""

from __future__ import annotations

from json import JSONEncoder

from site_gen.assets import Asset, hashed

_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def data_script(key: str, name: str, value: object) -> Asset:
    """Return the file that gives ``site`` (of ``site.js``) a value by this name."""
    data = script(name, as_json(value))
    return Asset(hashed(key, data), data)


def script(name: str, value: str) -> bytes:
    """Return the script that gives ``site`` a value by this name."""
    return f"site.{name}={value};\n".encode()


def as_json(value: object) -> str:
    """Return a value as compact JSON."""
    return _JSON.encode(value)
