"""Passwords are hashed by argon2id with 19 MiB, two passes, one lane: Django's default takes 100 MB a hash, too much for a small server."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """argon2id, m=19 MiB, t=2, p=1."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1
