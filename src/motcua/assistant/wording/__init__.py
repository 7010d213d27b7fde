"""Wording: a language model may say a plain sentence more kindly, and may do nothing else.

What goes out are claims already composed from rows, without the question and without anything
personal. What comes back is measured against the claim it was made from, sentence by sentence;
whatever is not borne out is dropped, and a claim of which something is then missing stays plain.
"""

from motcua.assistant.wording.rewording import reword
from motcua.assistant.wording.vectors import vectors

__all__ = ["reword", "vectors"]
