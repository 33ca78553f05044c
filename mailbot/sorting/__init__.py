"""Message and Known become a Reading: each duty is asked in a written order, and every yes and no is kept. Pure."""
