"""Configuration of feedback: fields with their agencies, deadlines."""
