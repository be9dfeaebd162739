"""Query workers: processes that answer queries so that no stranger's query runs where HTTP is spoken."""
