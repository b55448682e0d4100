"""Programmes of other programs to content files; the model has no part in it.

A format reader makes a :class:`~site_gen.importers.programme.Programme` of a file; :mod:`plan`
compares that with the content and comes to a change, which is checked and made as any other.
"""
