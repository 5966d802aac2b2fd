part_draft() { :; }
