"""What pages and documents read: judged rows, sentences, tasks, and their cache."""
