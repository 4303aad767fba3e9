"""What pages and exports read: plain rows, in a fixed number of queries, and only of what the actor may see."""
