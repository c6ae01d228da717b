"""When sources are polled: slots, the trigger that fires them, and clocks that are changed."""
