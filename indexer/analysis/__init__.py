"""How text becomes terms, the same for both engines: languages, stems, stop words."""
