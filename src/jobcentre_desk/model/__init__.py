"""What the words mean: periods, areas, employers, outcomes, measures, charts and pages."""
