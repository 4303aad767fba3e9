"""Accounts: logging in and out, passwords, the second step, invitations, and what somebody says of himself or herself.

django-allauth does the work under our pages; nobody can make an account without an invitation.
"""
