"""Read tables: rows that pages, mails and BI tools read, made from what is known."""

from milestones.projections.tables import build

__all__ = ["build"]
