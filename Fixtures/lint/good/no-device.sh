bhyve -H -s 0,hostbridge -s 3,ahci-hd,/g.img g
