"""The call: what the plan offers, its dates and clauses, and the forms to download."""
