"""Foresight: what will be late, how many will come, what other staffing would change. Pure."""
