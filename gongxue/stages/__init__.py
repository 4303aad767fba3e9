"""Floor 5: the year of the plan, one folder a stage. A stage has no models, and stages never import each other."""
