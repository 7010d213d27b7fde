"""Commands (none here yet)."""
