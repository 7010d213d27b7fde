"""Report forms: their layout, their figures and their checks; plain values, no tables."""
