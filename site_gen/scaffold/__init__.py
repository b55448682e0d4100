"""New and renamed files: changes of the content that are checked before they are made.

A change is computed as a whole, the content is checked as it would be after it, and only then is
anything written. What is not changed stays as it was typed, byte for byte: edits are made at places
in the text, and nothing that was read is written out again.
"""
