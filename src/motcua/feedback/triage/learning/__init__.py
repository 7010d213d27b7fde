"""A classifier of short Vietnamese texts, trained on any labelled file. Pure: numpy, scipy, scikit-learn."""
