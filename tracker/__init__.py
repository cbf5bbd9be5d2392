"""The hunt, and the program: companies, applications, their history, and the dashboard that shows them."""
