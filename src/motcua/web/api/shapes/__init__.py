"""What goes in and comes out: the shapes that the OpenAPI document describes."""
