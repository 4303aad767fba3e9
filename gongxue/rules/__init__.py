"""Floor 1: the plan. Pure Python: no Django, no clock, no network, no files but its own data."""
