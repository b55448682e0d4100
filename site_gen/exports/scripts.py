"""Data for scripts in the browser.

A file is a script that holds JSON, because a browser fetches no other data from a folder on disk.
"""

from __future__ import annotations

import json

from site_gen.assets import Asset, hashed


def data_script(key: str, name: str, value: object) -> Asset:
    """Return the file that gives ``site`` (of ``site.js``) a value by this name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = f"site.{name}={text};\n".encode()
    return Asset(hashed(key, data), data)
