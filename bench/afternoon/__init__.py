"""The afternoon before the deadline: a served site, its editors, a load that plays them, and the proof that nothing was lost."""
