"""Phrases, frames and weights of the answers: written by hand or learned by a script here."""
