"""How good the answers are: our questions, and the measure."""
