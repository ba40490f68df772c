"""Proposals to judge a year again, and to correct a decision."""
