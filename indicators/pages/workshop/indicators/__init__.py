"""The indicators of a draft, with their components and breaks."""
