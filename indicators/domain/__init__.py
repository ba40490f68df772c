"""The rules of the monitor: values, notation, targets, assessment (with the rule table), chance.

Standard library only: no Django, no database, no clock.
"""
