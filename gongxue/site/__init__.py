"""Floor 4: the shell: ground, guard, design system, layout, public pages. Stages stand on it; it knows none of them."""
