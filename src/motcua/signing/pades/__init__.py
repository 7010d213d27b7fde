"""PAdES by pyHanko: the mark on the page, the signature, its timestamp, its proof of validity."""
