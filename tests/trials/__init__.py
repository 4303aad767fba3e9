"""Trials of what is promised when machines fail: each runs the program in processes of its own, and ends some of them."""
