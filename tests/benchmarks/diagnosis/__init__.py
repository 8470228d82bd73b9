"""How well the wrong cell is found: seeded mistakes put into correct accounts, and what is said of them.

It looks at findings and at the accounts before they were damaged, never inside the diagnosis; the mistakes share no code with it.
``docs/diagnosis.md`` explains the measure and keeps the result.
"""
