"""Pure decisions about feedback: states, rights, time limits, codes. Each cites its article."""
