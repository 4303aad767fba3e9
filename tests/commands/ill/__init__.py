"""An app whose migration makes a table, and in the next step fails: what an upgrade must survive."""
