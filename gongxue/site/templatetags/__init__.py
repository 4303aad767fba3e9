"""Template tags and filters; all are built in, no page loads them."""
