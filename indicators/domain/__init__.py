"""The rules of the monitor: values, notation, targets, assessment, chance.

Standard library only: no Django, no database, no clock.
"""
