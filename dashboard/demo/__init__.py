"""The demo district: a believable year of a fictional house, made through the same actions as real work.

Seeded: the same day gives the same district. No name in it is a real person's.
"""
