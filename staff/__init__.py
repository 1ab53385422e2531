"""The people of the house: users, departments, what each role may do, what each person did (audit)."""
