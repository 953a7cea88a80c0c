bhyve -S -s 0,hostbridge -s 6,virtio-net,tap0 -s 6:0,passthru,10/0/1 -s 31,lpc g
