"""Files from people's devices: judged by their content, made harmless in a child process, handed out as attachments only."""
