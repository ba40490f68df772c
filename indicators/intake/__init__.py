"""Import of figures: read a file or a pasted block, plan what each row would change, record all of it or nothing.

No imports here: `indicators.intake.sheets` reads files without Django.
"""
