"""The school's chain of sign-offs, online or on paper, and partner schools that confirm their members."""
