"""What every duty shares: people and clients, arrivals, decisions and changes, questions, tasks, the outbox; why and undo."""
