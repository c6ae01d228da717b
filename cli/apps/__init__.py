"""The command line's words and options, by area; a command's implementation is imported only when it is called."""
