"""Letters are refused for what we are or how we send: nobody is marked, the domain waits, the admin hears of it."""
