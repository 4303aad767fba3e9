"""Mail: letters go into the outbox in the transaction of what they tell about; the background delivers them, each once."""
