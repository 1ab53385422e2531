"""Activities to which deputies are invited: who came, photos. Closing one writes the contacts of those who came."""
