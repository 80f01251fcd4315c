"""What goes out to one person: a calendar to subscribe to, and a letter as it would be sent."""
