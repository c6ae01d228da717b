"""What crawls leave and obey: runs, slots, pauses, the hosts' robots rules and paces, hub subscriptions."""
