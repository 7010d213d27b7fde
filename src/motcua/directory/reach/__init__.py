"""How far people live from where they are served. Pure: numbers in, numbers out."""
