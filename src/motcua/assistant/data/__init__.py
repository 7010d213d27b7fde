"""What ships with the assistant: a digest of the law, and what replaced what."""
