import json
from pathlib import Path

HERE = Path(__file__).parent
SITENAME = "Grote dag"
SITEURL = ""
TIMEZONE = "Europe/Amsterdam"
DEFAULT_LANG = "nl"
PATH = "content"
PAGE_PATHS = ["pages"]
ARTICLE_PATHS = []
PAGE_LANG_SAVE_AS = "{slug}"
THEME = "theme"
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = FEED_ALL_RSS = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}}, "output_format": "html5"}
JINJA_GLOBALS = {"programme": json.loads((HERE / "programme.json").read_text("utf-8"))}
JINJA_FILTERS = {"fields": json.loads}
