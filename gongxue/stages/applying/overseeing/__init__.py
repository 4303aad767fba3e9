"""The city's desk: everything as it arrives."""
