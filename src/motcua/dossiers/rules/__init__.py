"""Pure decisions about a dossier: states, guards, time, papers. Each cites its article."""
