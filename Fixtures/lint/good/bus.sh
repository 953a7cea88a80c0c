bhyve -S -s 0,hostbridge -s 1:6:0,passthru,10/0/1 -s 6:0,virtio-net,tap0 g
