"""Learning: what people asked in vain becomes a work list; what a keeper answers and another checks
becomes knowledge, dated and sourced, and a row of the evaluation."""
