"""The school's desk: all its communities, its summary, submission and receipt."""
