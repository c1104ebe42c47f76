"""The words and rules of the product. Standard library only: no I/O, no clock, no randomness."""
