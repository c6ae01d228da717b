"""What is fetched: answers, their bodies and outcomes, refusals, credentials, and exchanges over our own socket."""
