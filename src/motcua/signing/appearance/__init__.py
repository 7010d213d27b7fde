"""How a signature looks: ready-made pieces, prepared once, written into each paper as they are."""
