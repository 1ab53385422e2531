"""The deputies and members, and the one ledger of our contacts with them.

A visit, a call, an answer in person, an activity attended: each is one ``Contact`` per encounter.
Coverage, portraits and briefs read this ledger only, so no number is entered twice.
"""
