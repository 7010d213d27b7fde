"""Finding the passages that answer a question: pure, no Django, no database."""
