part_build() { :; }
