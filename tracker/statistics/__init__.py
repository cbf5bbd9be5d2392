"""What the hunt tells: figures over the whole event log. pandas is loaded when they are computed, and not before."""
