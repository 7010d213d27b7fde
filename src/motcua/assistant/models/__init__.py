"""Tables of the assistant: what it knows, what was asked, what people taught it."""
