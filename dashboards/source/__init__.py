"""What dashboards, alert rules and checkpoints are made from: tables, and what writes and checks them."""
