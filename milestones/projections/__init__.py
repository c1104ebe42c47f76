"""Read tables made from the ledger; each can be dropped and made again to the same rows."""
