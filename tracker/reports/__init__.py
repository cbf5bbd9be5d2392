"""Reports that leave the terminal: self-contained HTML pages, and the charts in them."""
