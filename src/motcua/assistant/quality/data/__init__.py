"""The questions of the evaluation and what belongs to them."""
