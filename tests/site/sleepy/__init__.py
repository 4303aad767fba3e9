"""An app with a job that takes long, to be killed in the middle: settings of a background that tests start."""
