"""The scripts in an archive, for whoever checks it without this application. They are packed as they are here."""
