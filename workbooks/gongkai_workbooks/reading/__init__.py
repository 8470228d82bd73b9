"""Reading saved workbooks: values with true addresses, and what a value does not show. Every file is taken for hostile."""
