"""Configuration of advice, with its dates."""
