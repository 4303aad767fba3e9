"""Applying: from a blank page to a receipt, and the city that sees everything arrive. One room a part of it."""
