"""Questions people ask, with the codes that answer them; written by hand for this project."""
