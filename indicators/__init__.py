"""What is watched: indicators, targets, measurements, editions, and the judgement over them."""
