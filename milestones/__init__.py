"""Milestone Monitor: what was promised, what happened, and where it says so."""

__version__ = "0.1.0"
