"""The preview: a server on this computer that shows a site while it is edited.

:mod:`watch` notices a save, :mod:`rhythm` decides when to build, :mod:`project` builds, and
:mod:`display` holds what there is to see. :mod:`server` answers from that, never from the disk:
:mod:`answers` finds the file, :mod:`dress` puts around a page what only a preview has, and
:mod:`guard` turns strangers away.
"""
