"""Floor 3: what we keep. The one app with models and migrations, and the two doors, `move()` and `edit()`, through which anything
changes."""
