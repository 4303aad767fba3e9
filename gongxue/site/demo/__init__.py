"""The demo: a believable city, filled once; one click to become any of its people; a clock that a visitor can move. Never in production."""
