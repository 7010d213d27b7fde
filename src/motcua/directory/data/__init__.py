"""Data that ships with the directory: places, agencies, calendars, and who is competent."""
