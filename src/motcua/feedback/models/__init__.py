"""Tables of feedback: cases, their acts, ratings."""
