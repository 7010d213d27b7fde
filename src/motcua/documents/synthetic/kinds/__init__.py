"""The fifteen kinds of paper as specimens: invented values, our own layouts, pixels and truth.

Numbers of people start with 099, which was never given to anybody (directory/data/demo_people.toml).
"""

from motcua.documents.synthetic.kinds.layouts import HELD_OUT, SEEN, kinds
from motcua.documents.synthetic.kinds.specimens import Specimen, specimen

__all__ = ["HELD_OUT", "SEEN", "Specimen", "kinds", "specimen"]
