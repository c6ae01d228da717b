"""What is offered beside hits or in place of them: other spellings, words while one types, what comes closest."""
