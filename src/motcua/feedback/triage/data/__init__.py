"""Texts written and labelled for this project, and the weights trained on them."""
