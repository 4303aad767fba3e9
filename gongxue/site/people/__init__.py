"""People and posts: who holds which at a school and in the city, giving and ending posts, and inviting whoever is not here yet."""
