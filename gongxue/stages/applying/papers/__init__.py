"""What is printed, read in, copied and looked back at: preview, downloads, a filled form, last year's, history."""
