"""A whole quarter of the province, planned, lived in memory by the desk's rules, written in bulk."""
