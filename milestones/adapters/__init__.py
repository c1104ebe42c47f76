"""Archive, mail and data files: small adapters to the outside."""
