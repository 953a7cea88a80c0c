bhyve -HPS -s 0:0,hostbridge -s 6:0,passthru,10/0/1,rom=/r.rom -s 31,lpc g
