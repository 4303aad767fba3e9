"""The fixed phrases of the forms, each written and read back in one place.

What a form has no box for is printed in phrases that a person can read and type: 外聘 2 節・國立清華大學, 課堂實踐, 線上. People also type things that
look like a phrase, hold its separators, or are no date at all. So every phrase is written as plainly as it can be, read back at once, and
put into 「」 where the plain words would be read as something else.
"""
