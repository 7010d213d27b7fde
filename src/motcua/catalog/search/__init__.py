"""Search of procedures for people: an index in memory, built for Vietnamese as people type it."""
