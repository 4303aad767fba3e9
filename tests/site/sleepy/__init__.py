"""An app with a job that takes long, to be killed in the middle, and one that kills: settings of a background that tests start."""
