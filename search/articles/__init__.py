"""An article as it is shown: at one of its versions, with its history, its copies and how to cite it."""
