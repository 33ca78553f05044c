"""Who speaks in a mail: a client or a stranger, a machine, a colleague or a department. Each is read in a way of its
own."""
