"""Public figures by month: what is published, and how small numbers are protected. Pure."""
