"""Devices in the hall: pages for people who stand before a screen that belongs to everybody."""
