"""Papers of our own making, worn like real ones, with their truth: for figures and tests."""
