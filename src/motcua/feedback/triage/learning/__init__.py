"""A classifier of short Vietnamese texts, trained on any labelled file. Pure."""
