"""Baselines and targets of a draft as one grid."""
