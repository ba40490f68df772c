"""The sheets that officers fill in, and the sheet with refused rows that they get back."""
