"""Data quality suites (JSON) and the gate that runs them."""
