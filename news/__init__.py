"""Records and rules of the news domain: pure, standard library only, no I/O. Every package may import it."""
