"""By when something is promised: by the settings, in working hours, and by somebody's own word; and what the clock
says when a promise is about to break, or has."""
