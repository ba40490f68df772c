"""What each page shows, built from the read model: no HTML, no request but where it says so."""
