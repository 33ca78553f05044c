"""What this duty tells by the clock: each morning, each week, each month."""
