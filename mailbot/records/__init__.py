"""What every duty shares: people, clients, arrivals, decisions, changes, questions, tasks, outbox; why and undo."""
