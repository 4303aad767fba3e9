"""What the pages of mail draw."""
