bhyve -S -s 0,hostbridge -s 6:0,passthru,pci1:10:0:0 g
