"""Questions as people ask them, with what a right answer says; one file a part."""
