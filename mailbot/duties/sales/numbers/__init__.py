"""What a mail says was sold: its lines, the words around them, their time, and whether they can be booked. Pure."""
