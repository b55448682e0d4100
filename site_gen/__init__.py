"""site-gen: a static, bilingual website of a conference day from YAML and Markdown."""

__version__ = "0.1.0"
