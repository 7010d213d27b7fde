"""Asking the machine: what the portal's chat, the kiosk and the officers' panel share."""
