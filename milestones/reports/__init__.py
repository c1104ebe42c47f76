"""Report models as HTML and text."""
