"""The convener's desk: a draft as a list of sections that save themselves."""
