"""The finance of a secretariat: accounts to verify, payments, batches and their files."""
