"""Reading legal texts: articles, their dates, what ended what. Pure: no Django, no tables."""
